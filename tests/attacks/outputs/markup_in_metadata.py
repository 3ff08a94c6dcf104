"""Writes scripts into the title, the authors, the language, tags and identifiers."""

import json

from tests.attacks.suite import Attack

END = '"></title></style><script>attack_script()</script><img src=x onerror="attack_script()'


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    spec = {"name": "python3", "display_name": END, "language": END}
    language = {"name": END, "pygments_lexer": END, "file_extension": END, "mimetype": END}
    notebook["metadata"] = {"title": END, "authors": [{"name": END}], "kernelspec": spec}
    notebook["metadata"] |= {"language_info": language, "lang": END}
    for cell in notebook["cells"]:
        cell["id"] = END
        cell["metadata"] |= {"tags": [END], "name": END, "alt": END}
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"comment": END, "score": END}
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
