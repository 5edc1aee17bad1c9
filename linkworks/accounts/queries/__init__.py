"""What we know of staff: who is acting, who is in a team, what an account's mail says."""

from .actors import actor_among, actor_for, has_second_factor, live_memberships

__all__ = ["actor_among", "actor_for", "has_second_factor", "live_memberships"]
