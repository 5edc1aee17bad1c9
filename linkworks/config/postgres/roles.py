"""The roles and the database inside the private PostgreSQL, made again whenever something is missing."""

from linkworks.config.postgres.problems import PostgresProblem
from linkworks.config.postgres.server import ADMIN, Server

DATABASE = "linkworks"
OWNER = "linkworks_owner"
APP = "linkworks_app"

# The owner makes tables (and test databases); the app role serves people and is held by row security.
SQL = f"""
\\set ON_ERROR_STOP on
SET client_min_messages = warning;
SELECT 'CREATE ROLE {OWNER}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {APP}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') \\gexec
ALTER ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'owner_password';
ALTER ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'app_password';
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP};
"""


def make_roles(server: Server, admin_password: str, owner_password: str, app_password: str) -> None:
    """Make the two roles and the database, or bring them back to what they should be."""
    secrets = f"\\set owner_password '{owner_password}'\n\\set app_password '{app_password}'\n"
    told = server.account.run(
        [server.programs["psql"], "-X", "-q", "-h", server.places.socket_dir, "-U", ADMIN, "-d", "postgres", "-f", "-"],
        input=secrets + SQL,
        env={"PGPASSWORD": admin_password, "PGCONNECT_TIMEOUT": "20"},
    )
    if told.returncode != 0:
        raise PostgresProblem(explain(server, told.stderr))


def explain(server: Server, said: str) -> str:
    """Why the roles could not be made, in one sentence."""
    if "password authentication failed" in said:
        return (
            f"The passwords in {server.places.secrets} do not fit the database in {server.places.data}: bring back the "
            f"folder of secrets that belongs to it, or move {server.places.server} away to begin with an empty database."
        )
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "it gave no reason")
    return f"The roles of the private database could not be made ({last}): see {server.places.log}."
