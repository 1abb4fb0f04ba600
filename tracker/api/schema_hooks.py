"""What the schema says of ``fields=`` and ``changed_since=``, which change how answers look."""

import copy

PART = "Some"
#: Fields that hold an address or nothing.
MAY_BE_EMPTY = ("address", "email", "unbis_uri", "website")


def empty_addresses(result, generator, request, public):
    """An empty text is no address: say of these fields only that they are texts."""
    for component in result["components"]["schemas"].values():
        for name in set(MAY_BE_EMPTY) & set(component.get("properties", {})):
            component["properties"][name].pop("format", None)
    return result


def some_fields(result, generator, request, public):
    """Where ``fields`` may leave some out, describe both: the whole record, and a part of it."""
    components = result["components"]["schemas"]
    for operations in result["paths"].values():
        operation = operations.get("get", {})
        names = {each["name"] for each in operation.get("parameters", [])}
        schema = _answer_of(operation)
        if "fields" not in names or schema is None:
            continue
        page = components.get(_name_of(schema), {})
        # A record can have results of its own; only pages lead on to the next.
        if {"results", "next"} <= set(page.get("properties", {})):
            _describe_rows(page, components, "changed_since" in names)
        else:
            operation["responses"]["200"]["content"]["application/json"]["schema"] = _either(
                schema, components
            )
    return result


def _answer_of(operation):
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    return content.get("application/json", {}).get("schema")


def _name_of(schema) -> str:
    return schema.get("$ref", "").rpartition("/")[2]


def _describe_rows(page, components, is_followed):
    rows = page["properties"]["results"]
    if rows.get("type") != "array":
        return
    if "$ref" in rows["items"]:
        rows["items"] = _either(rows["items"], components)
    if is_followed:
        page["properties"] |= {
            "changed_until": {"type": "integer", "description": "With changed_since alone."},
            "gone": {
                "type": "array",
                "items": {"type": "string"},
                "description": "With changed_since alone: keys of what is not here any more.",
            },
        }


def _either(schema, components) -> dict:
    """The whole, or a part: the same without what must be there."""
    name = _name_of(schema)
    if name.endswith(PART) or name not in components:
        return schema
    part = copy.deepcopy(components[name])
    part.pop("required", None)
    components[f"{name}{PART}"] = part
    return {"anyOf": [schema, {"$ref": f"#/components/schemas/{name}{PART}"}]}
