"""A JupyterHub for the users of its machine; see deploy/jupyterhub/Dockerfile."""

c = get_config()  # type: ignore[name-defined] # noqa: F821

c.JupyterHub.bind_url = "http://:8000"
c.JupyterHub.db_url = "sqlite:////srv/jupyterhub/data/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/srv/jupyterhub/data/cookie_secret"
# Users with the names and passwords that `start` has given them.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {"grader"}
c.Spawner.default_url = "/lab"
c.Spawner.notebook_dir = "~"
