"""Version 1: its addresses below /api/v1/."""

# Each of these declares its operations when it is read.
from erdkreis.api.v1 import public, results, structure, talk, writing  # noqa: F401
from erdkreis.api.v1.description import Operations, make_api, router

api = make_api()
api.add_router("", router)
api.add_router("/public", public.router)
operations = Operations(api)
