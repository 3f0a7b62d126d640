"""Writing a service into the settings file of a person, without touching anything else of it.

The file is a program, so it is changed only where its meaning is certain: one `PRIVACY = {…}` at its outermost
level, with `"services": […]` written out. Afterwards it is read again; it must say the same and the new name.
"""

from __future__ import annotations

import ast
import io
import tokenize


class UnsureError(ValueError):
    """Nobody but its author can say how this file has to change; the message tells why."""


def with_service(source: str, name: str) -> str:
    """Return the settings file with a service's name added to `PRIVACY["services"]`, every other character as it was;
    the file itself where the name stands there. Raise `UnsureError` where that cannot be done surely."""
    tree = _parsed(source)
    services = _services(tree)
    if any(_id(item) == name for item in services.elts):
        return source
    added = _with_item(source, services, f'"{name}"')
    services.elts.append(ast.Constant(name))
    if ast.dump(_parsed(added)) != ast.dump(tree):
        raise UnsureError("the list is written in a way that cannot be added to without a risk")
    return added


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise UnsureError(f"it cannot be read ({error})") from error


def _services(tree: ast.Module) -> ast.List:
    """Return the list that `PRIVACY["services"]` is written as."""
    assigned = [
        statement.value
        for statement in tree.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and _assigns_privacy(statement)
    ]
    if len(assigned) != 1 or not isinstance(assigned[0], ast.Dict):
        raise UnsureError("PRIVACY is not one table, written out in this file")
    table = assigned[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "PRIVACY" and not _is_harmless(node, tree):
            raise UnsureError(f"line {node.lineno} does something else with PRIVACY")
    if None in table.keys:
        raise UnsureError("PRIVACY takes part of its keys from elsewhere (**)")
    found = [value for key, value in zip(table.keys, table.values, strict=True) if _text(key) == "services"]
    if len(found) != 1 or not isinstance(found[0], ast.List):
        raise UnsureError('PRIVACY has no "services" that is a list, written out')
    if any(isinstance(item, ast.Starred) for item in found[0].elts):
        raise UnsureError('PRIVACY["services"] takes part of its items from elsewhere (*)')
    return found[0]


def _assigns_privacy(statement: ast.Assign | ast.AnnAssign) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == "PRIVACY"


def _is_harmless(name: ast.Name, tree: ast.Module) -> bool:
    """Whether a mention of PRIVACY is its one assignment, or the reading of another key."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and _assigns_privacy(node) and node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if target is name:
                return True
        if isinstance(node, ast.Subscript) and node.value is name:
            return isinstance(node.ctx, ast.Load) and _text(node.slice) not in (None, "services")
    return False


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _id(item: ast.expr) -> str | None:
    """Return the name of a service, as it stands alone or in a table."""
    if isinstance(item, ast.Dict):
        return next(
            (_text(value) for key, value in zip(item.keys, item.values, strict=True) if _text(key) == "id"), None
        )
    return _text(item)


def _with_item(source: str, services: ast.List, item: str) -> str:
    """Insert the item last: on the line of the one before it, or on a line of its own as those before it have."""
    lines = source.splitlines(keepends=True)
    if not services.elts:
        line, column = _after_bracket(lines, services)
        return _inserted(lines, line, column, item)
    last = services.elts[-1]
    end_line, end_column = last.end_lineno or 0, _column(lines, last.end_lineno, last.end_col_offset)
    before = lines[last.lineno - 1][: _column(lines, last.lineno, last.col_offset)]
    if services.end_lineno == end_line or before.strip():
        return _inserted(lines, end_line, end_column, f", {item}")
    rest = lines[end_line - 1][end_column:]
    line_break = rest[len(rest.rstrip("\r\n")) :]
    has_comma = _comma_follows(source, end_line, end_column)
    lines[end_line - 1] = lines[end_line - 1][:end_column] + ("" if has_comma else ",") + rest
    lines.insert(end_line, f"{before}{item},{line_break}")
    return "".join(lines)


def _after_bracket(lines: list[str], services: ast.List) -> tuple[int, int]:
    return services.lineno, _column(lines, services.lineno, services.col_offset) + 1


def _column(lines: list[str], line: int | None, offset: int | None) -> int:
    """Return a column in characters; the tree counts in bytes of UTF-8."""
    return len(lines[(line or 1) - 1].encode()[: offset or 0].decode())


def _inserted(lines: list[str], line: int, column: int, text: str) -> str:
    whole = lines[line - 1]
    lines[line - 1] = whole[:column] + text + whole[column:]
    return "".join(lines)


def _comma_follows(source: str, line: int, column: int) -> bool:
    """Whether the next token after a place is a comma, whatever comments and line breaks stand between."""
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.start >= (line, column) and token.type not in skipped:
            return token.string == ","
    return False
