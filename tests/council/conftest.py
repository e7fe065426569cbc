from tests.council.gateway_fixtures import gateway, grants, laptop, new_laptop, other_laptop  # noqa: F401 (fixtures)
