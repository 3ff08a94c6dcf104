"""What nbgrader needs to know in each user's JupyterLab, see deploy/jupyterhub/Dockerfile."""

c = get_config()  # type: ignore[name-defined] # noqa: F821

c.CourseDirectory.course_id = "backprop_workbook"
c.Exchange.root = "/srv/nbgrader/exchange"
