"""Pages for people: templates with every value escaped, one style sheet made from the design's own colours, no script."""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sencoapp import reference
from sencoapp.council.headers import PAGES

_HERE = Path(__file__).parent
_templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False)
_templates.globals["words"] = lambda key, **details: reference.say(f"council.{key}", **details)

FONTS = {"regular": "AtkinsonHyperlegibleNext-Regular.ttf", "semibold": "AtkinsonHyperlegibleNext-SemiBold.ttf"}


def page(request: Request, template: str, *, status: int = 200, form_action: str = "'self'", **values: Any) -> Response:
    """A page. ``form_action`` is where its forms may lead (CSP)."""
    gateway = request.app.state.gateway
    html = _templates.get_template(template).render(council=gateway.settings.council, **{"officer": None, **values})
    return HTMLResponse(html, status, headers={"Content-Security-Policy": PAGES.format(to=form_action)})


@cache
def style_sheet() -> str:
    """The colours of the light theme as custom properties, then the rules."""
    colours = reference.data("look", "tokens.json")["themes"]["light"]
    root = "".join(f"  --{name.replace('_', '-')}: {value};\n" for name, value in colours.items())
    return f":root {{\n{root}}}\n{(_HERE / 'council.css').read_text('utf-8')}"
