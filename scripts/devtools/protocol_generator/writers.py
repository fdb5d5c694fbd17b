"""The writing half of a generated struct, the mirror of `readers`: runs of fixed width become one `pack`."""

from __future__ import annotations

from itertools import groupby

from .branches import branches_of, opening
from .source import Source, condition, default_expression, is_not_default
from .specs import FIXED, Field, Message, Struct, has_long_arrays, snake_case
from .versions import VersionRange


def steps_writer_name(struct_name: str) -> str:
    """Return the name of the module-level generator function that writes a struct with arrays."""
    return f"_write_{snake_case(struct_name)}_steps"


def emit_steps_writer(source: Source, message: Message, struct: Struct) -> None:
    """Append the generator function that writes one struct and yields on its way."""
    signature = f"self: {struct.name}, out: bytearray, version: int"
    with source.block(f"def {steps_writer_name(struct.name)}({signature}) -> Generator[None, None, None]:"):
        source.add("limit = len(out) + STEP_MAX_BYTES")
        _emit_branches(source, message, struct, is_sliced=True)


def emit_writer(source: Source, message: Message, struct: Struct) -> None:
    """Append the `write` method of one struct."""
    with source.block("def write(self, out: bytearray, version: int) -> None:"):
        if struct is message.top:
            source.add('"""Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""')
        else:
            source.add('"""Append the struct. Errors: UnsupportedFieldError."""')
        _emit_branches(source, message, struct, is_sliced=False)


def _emit_branches(source: Source, message: Message, struct: Struct, *, is_sliced: bool) -> None:
    branches = branches_of(message, struct)
    declared: set[str] = set()
    for number, (versions, is_flexible) in enumerate(branches):
        with source.block(opening(branches, number)):
            _Branch(source, message, struct, versions, is_flexible, is_sliced, declared).emit()


class _Branch:
    """Writing a struct in a range of versions that are all flexible or all not."""

    def __init__(
        self,
        source: Source,
        message: Message,
        struct: Struct,
        possible: VersionRange,
        is_flexible: bool,
        is_sliced: bool,
        declared: set[str],
    ) -> None:
        self.source = source
        self.message = message
        self.struct = struct
        self.possible = possible
        self.is_flexible = is_flexible
        self.is_sliced = is_sliced
        self.has_tags = not message.flexible.is_empty
        self.declared = declared
        self.out = "out"
        self.values: list[str] = []
        self.codes = ""

    def emit(self) -> None:
        """Append the branch."""
        before = len(self.source.lines)
        untagged = [field for field in self.struct.fields if not (self.is_flexible and field.tag is not None)]
        groups = [(key, list(fields)) for key, fields in groupby(untagged, self._condition)]
        for expression, fields in groups:
            if expression is None:
                self._flush()
                self._check_absent(fields, "")
            elif expression == "":
                self._write_fields(fields)
            else:
                self._flush()
                with self.source.block(f"if {expression}:"):
                    self._write_fields(fields)
                    self._flush()
                self._check_absent(fields, expression)
        self._flush()
        if self.is_flexible:
            self._write_tagged_fields([field for field in self.struct.fields if field.tag is not None])
        elif self.has_tags:
            with self.source.block("if self.unknown_tagged_fields:"):
                self._refuse("unknown_tagged_fields")
        if len(self.source.lines) == before:
            self.source.add("pass")

    def _condition(self, field: Field) -> str | None:
        if field.tag is not None:
            return None
        return condition(field.versions, self.possible)

    def _refuse(self, attribute: str) -> None:
        refuse = self.source.use("refuse_field")
        self.source.add(f'{refuse}("{self.struct.name}", "{attribute}", version)')

    def _check_absent(self, fields: list[Field], expression: str) -> None:
        """Refuse values that this version cannot carry and that may not be dropped silently."""
        strict = [field for field in fields if not field.ignorable]
        if not strict:
            return
        with self.source.block("else:" if expression else ""):
            for field in strict:
                self._use_default(field)
                with self.source.block(f"if {is_not_default(field, f'self.{field.attribute}')}:"):
                    self._refuse(field.attribute)

    def _use_default(self, field: Field) -> None:
        if default_expression(field) == "ZERO_UUID":
            self.source.use("ZERO_UUID")

    def _push(self, value: str, code: str) -> None:
        self.values.append(value)
        self.codes += code

    def _flush(self) -> None:
        if self.values:
            self.source.add(f"{self.out} += {self.source.pack(self.codes)}({', '.join(self.values)})")
            self.values, self.codes = [], ""

    def _write_fields(self, fields: list[Field]) -> None:
        for field in fields:
            self._write_field(field, self.is_flexible and not field.never_flexible)

    def _write_field(self, field: Field, is_compact: bool) -> None:
        value = f"self.{field.attribute}"
        null = condition(field.nullable, self.possible.intersect(field.versions))
        may_hold_none = field.defaults_to_null or not field.nullable.is_empty
        if field.is_fixed:
            self._push(value, FIXED[field.type][0])
        elif field.type == "records" and null == "":
            self._flush()
            self._write_records(value, is_compact)
        elif not may_hold_none:
            self._write_value(field, value, is_compact, False)
        else:
            self._flush()
            with self.source.block(f"if {value} is None:"):
                if null is None:
                    self._refuse(field.attribute)
                else:
                    if null:
                        with self.source.block(f"if not ({null}):"):
                            self._refuse(field.attribute)
                    self._write_null(field, is_compact)
            if null is None:
                self._write_value(field, value, is_compact, False)
                return
            with self.source.block("else:"):
                self._write_value(field, value, is_compact, True)
                self._flush()

    def _write_null(self, field: Field, is_compact: bool) -> None:
        if field.is_struct and not field.is_array:
            self.source.add(f"{self.out}.append(255)")
        elif is_compact:
            self.source.add(f"{self.out}.append(0)")
        else:
            null = r"\xff\xff" if field.type == "string" else r"\xff\xff\xff\xff"
            self.source.add(f'{self.out} += b"{null}"')

    def _write_records(self, value: str, is_compact: bool) -> None:
        write = self.source.use("write_compact_records" if is_compact else "write_records")
        self.source.add(f"{write}({self.out}, {value})")

    def _write_value(self, field: Field, value: str, is_compact: bool, is_nullable: bool) -> None:
        if field.is_array:
            self._write_array(field, value, is_compact)
        elif field.is_struct:
            self._flush()
            if is_nullable:
                self.source.add(f"{self.out}.append(1)")
            self._write_struct(field, value)
        elif field.type == "records":
            self._flush()
            self._write_records(value, is_compact)
        elif field.type == "string":
            self.source.add(f"data = {value}.encode()")
            self._write_length("data", is_compact, "h")
            self.source.add(f"{self.out} += data")
        else:
            self._write_length(value, is_compact, "i")
            self.source.add(f"{self.out} += {value}")

    @property
    def _yields(self) -> bool:
        """Return whether the work may be interrupted: not inside a tagged field, which has a separate buffer."""
        return self.is_sliced and self.out == "out"

    def _write_struct(self, field: Field, value: str) -> None:
        if self._yields and has_long_arrays(self.message, self.message.nested[field.element]):
            self.source.add(f"yield from {steps_writer_name(field.element)}({value}, out, version)")
        else:
            self.source.add(f"{value}.write({self.out}, version)")

    def _write_length(self, value: str, is_compact: bool, code: str) -> None:
        if not is_compact:
            self._push(f"len({value})", code)
            self._flush()
            return
        self._flush()
        self.source.add(f"length = len({value}) + 1")
        with self.source.block("if length < 128:"):
            self.source.add(f"{self.out}.append(length)")
        with self.source.block("else:"):
            self.source.add(f"{self.source.use('write_uvarint')}({self.out}, length)")

    def _write_array(self, field: Field, value: str, is_compact: bool) -> None:
        self._write_length(value, is_compact, "i")
        if field.element in FIXED and field.element != "uuid":
            code = FIXED[field.element][0]
            self.source.use("pack")
            self.source.add(f'{self.out} += pack(f">{{len({value})}}{code}", *{value})')
            return
        with self.source.block(f"for {field.attribute}_item in {value}:"):
            item = f"{field.attribute}_item"
            if self._yields:
                with self.source.block("if len(out) > limit:"):
                    self.source.add("yield")
                    self.source.add("limit = len(out) + STEP_MAX_BYTES")
            if field.is_struct:
                self._write_struct(field, item)
            elif field.element == "uuid":
                self.source.add(f"{self.out} += {item}")
            else:
                data = item
                if field.element == "string":
                    data = "data"
                    self.source.add(f"data = {item}.encode()")
                self._write_length(data, self.is_flexible, "h" if field.element == "string" else "i")
                self.source.add(f"{self.out} += {data}")

    def _write_tagged_fields(self, fields: list[Field]) -> None:
        reachable = [field for field in fields if condition(field.versions, self.possible) is not None]
        self._check_absent([field for field in fields if field not in reachable], "")
        if not reachable:
            with self.source.block("if self.unknown_tagged_fields is None:"):
                self.source.add("out.append(0)")
            with self.source.block("else:"):
                write = self.source.use("write_tagged_fields")
                self.source.add(f"{write}(out, None, self.unknown_tagged_fields)")
            return
        self.source.use("TaggedFields")
        self.source.add("known = None" if "known" in self.declared else "known: TaggedFields | None = None")
        self.declared.add("known")
        for field in reachable:
            self._use_default(field)
            expression = condition(field.versions, self.possible)
            with self.source.block(f"if {expression}:" if expression else ""):
                self._write_tagged_field(field)
            if expression:
                self._check_absent([field], expression)
        with self.source.block("if known is None and self.unknown_tagged_fields is None:"):
            self.source.add("out.append(0)")
        with self.source.block("else:"):
            self.source.add(f"{self.source.use('write_tagged_fields')}(out, known, self.unknown_tagged_fields)")

    def _write_tagged_field(self, field: Field) -> None:
        value = f"self.{field.attribute}"
        with self.source.block(f"if {is_not_default(field, value)}:"):
            self.source.add("body = bytearray()")
            self.out = "body"
            if field.is_struct and not field.is_array and not field.nullable.is_empty:
                self._write_nullable_tagged_struct(value)
            else:
                self._write_tagged_body(field, value)
            self._flush()
            self.out = "out"
            with self.source.block("if known is None:"):
                self.source.add("known = {}")
            self.source.add(f"known[{field.tag}] = bytes(body)")

    def _write_tagged_body(self, field: Field, value: str) -> None:
        if field.is_fixed:
            self._push(value, FIXED[field.type][0])
        elif field.nullable.is_empty or field.defaults_to_null:
            self._write_value(field, value, True, False)
        else:
            with self.source.block(f"if {value} is None:"):
                self._write_null(field, True)
            with self.source.block("else:"):
                self._write_value(field, value, True, False)

    def _write_nullable_tagged_struct(self, value: str) -> None:
        with self.source.block(f"if {value} is None:"):
            self.source.add("body.append(0)")
        with self.source.block("else:"):
            self.source.add("body.append(1)")
            self.source.add(f"{value}.write(body, version)")
