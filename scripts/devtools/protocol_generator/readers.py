"""The reading half of a generated struct: straight-line code, one branch for flexible versions, one for the rest.

Neighbouring fields of fixed width that share a version condition become one `unpack_from`; the length of a following
string, array or bytes field, or the count of tagged fields, rides along in the same call.
"""

from __future__ import annotations

from itertools import groupby

from .branches import branches_of, opening
from .sizes import least_element_bytes
from .source import Source, condition, default_expression
from .specs import FIXED, SHARED_ELEMENT_MAX_BYTES, Field, Message, Struct, has_arrays, is_read_in_steps, snake_case
from .versions import VersionRange


def reader_name(struct_name: str) -> str:
    """Return the name of the module-level function that reads a struct."""
    return f"_read_{snake_case(struct_name)}"


def steps_reader_name(struct_name: str) -> str:
    """Return the name of the module-level generator function that reads a struct with arrays."""
    return f"_read_{snake_case(struct_name)}_steps"


def emit_reader(source: Source, message: Message, struct: Struct, *, is_sliced: bool = False) -> None:
    """Append the function that reads one struct, sliced: the generator function that yields on its way."""
    signature = "buffer: Buffer, position: int, version: int"
    name, result = reader_name(struct.name), f"tuple[{struct.name}, int]"
    if is_sliced:
        name, result = steps_reader_name(struct.name), f"Generator[None, None, {result}]"
    with source.block(f"def {name}({signature}) -> {result}:"):
        source.add(f"self = {source.use('new')}({struct.name})")
        if is_sliced:
            source.add("limit = position + STEP_MAX_BYTES")
            for field in struct.fields:
                if may_share_elements(message, struct, field):
                    source.add(f"known_{field.attribute}_: dict[bytes, {field.element}] = {{}}")
        branches = branches_of(message, struct)
        for number, (versions, is_flexible) in enumerate(branches):
            with source.block(opening(branches, number)):
                _Branch(source, message, struct, versions, is_flexible, is_sliced).emit()
                if not is_flexible and not message.flexible.is_empty:
                    source.add("self.unknown_tagged_fields = None")
        source.add("return self, position")


def is_flat(message: Message, field: Field) -> bool:
    """Whether a field is an array of structs without arrays and structs in them."""
    if not field.is_array or not field.is_struct:
        return False
    return all(not one.is_array and not one.is_struct for one in message.nested[field.element].fields)


def may_share_elements(message: Message, struct: Struct, field: Field) -> bool:
    """Whether equal small elements are read into one object in some version.

    A million names of no length must not be a million objects.
    """
    return is_flat(message, field) and any(
        least_element_bytes(message, field, versions, is_flexible) <= SHARED_ELEMENT_MAX_BYTES
        for versions, is_flexible in branches_of(message, struct)
    )


class _Run:
    """Values of fixed width that are read by one call."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.targets: list[str] = []
        self.codes = ""
        self.size_bytes = 0

    def push(self, target: str, code: str, size_bytes: int) -> None:
        self.targets.append(target)
        self.codes += code
        self.size_bytes += size_bytes

    def flush(self) -> None:
        """Append the call, if there is anything to read."""
        if not self.targets:
            return
        if self.codes == "B":
            self.source.add(f"{self.targets[0]} = buffer[position]")
        elif self.codes == "?":
            self.source.add(f"{self.targets[0]} = buffer[position] != 0")
        else:
            targets = ", ".join(self.targets)
            left = f"({targets},)" if len(self.targets) == 1 else targets
            self.source.add(f"{left} = {self.source.unpack(self.codes)}(buffer, position)")
        self.source.add(f"position += {self.size_bytes}")
        self.targets, self.codes, self.size_bytes = [], "", 0


class _Branch:
    """Reading a struct in a range of versions that are all flexible or all not."""

    def __init__(
        self,
        source: Source,
        message: Message,
        struct: Struct,
        possible: VersionRange,
        is_flexible: bool,
        is_sliced: bool,
    ) -> None:
        self.source = source
        self.message = message
        self.struct = struct
        self.possible = possible
        self.is_flexible = is_flexible
        self.is_sliced = is_sliced
        self.run = _Run(source)

    def emit(self) -> None:
        """Append the branch."""
        untagged = [field for field in self.struct.fields if not (self.is_flexible and field.tag is not None)]
        groups = [(key, list(fields)) for key, fields in groupby(untagged, self._condition)]
        for expression, fields in groups:
            if expression is None:
                self.run.flush()
                self._set_defaults(fields)
            elif expression == "":
                self._read_fields(fields)
            else:
                self.run.flush()
                with self.source.block(f"if {expression}:"):
                    self._read_fields(fields)
                    self.run.flush()
                with self.source.block("else:"):
                    self._set_defaults(fields)
        if self.is_flexible:
            self._read_tagged_fields([field for field in self.struct.fields if field.tag is not None])
        else:
            self.run.flush()

    def _condition(self, field: Field) -> str | None:
        if field.tag is not None:
            return None
        return condition(field.versions, self.possible)

    def _set_defaults(self, fields: list[Field]) -> None:
        for field in fields:
            self._use_default(field)
            self.source.add(f"self.{field.attribute} = {default_expression(field)}")

    def _use_default(self, field: Field) -> None:
        if default_expression(field) == "ZERO_UUID":
            self.source.use("ZERO_UUID")

    def _read_fields(self, fields: list[Field]) -> None:
        for field in fields:
            self._read_field(field, self.is_flexible and not field.never_flexible)

    def _read_field(self, field: Field, is_compact: bool) -> None:
        target = f"self.{field.attribute}"
        possible = self.possible.intersect(field.versions)
        if field.is_fixed:
            self.run.push(target, *FIXED[field.type])
        elif field.is_struct and not field.is_array:
            self.run.flush()
            self._read_struct(field, target, possible)
        else:
            self._read_sized(field, target, possible, is_compact)

    def _read_struct(self, field: Field, target: str, possible: VersionRange) -> None:
        if condition(field.nullable, possible) is None:
            self._call_reader(field, target)
            return
        self.source.add("marker = buffer[position]")
        self.source.add("position += 1")
        with self.source.block("if marker > 127:"):
            self.source.add(f"{target} = None")
        with self.source.block("else:"):
            self._call_reader(field, target)

    def _read_sized(self, field: Field, target: str, possible: VersionRange, is_compact: bool) -> None:
        """Read a field that begins with a length or count."""
        null = condition(field.nullable, possible)
        if is_compact:
            self._read_compact_length(null is not None, is_text=field.type == "string")
            is_null = "length == 0"
            self._read_value_or_null(field, target, null, is_null, "length - 1")
        else:
            code, size_bytes = ("h", 2) if field.type == "string" else ("i", 4)
            self.run.push("length", code, size_bytes)
            self.run.flush()
            self._read_value_or_null(field, target, null, "length < 0", "length")

    def _read_compact_length(self, is_nullable: bool, *, is_text: bool) -> None:
        self.run.push("length", "B", 1)
        self.run.flush()
        if is_nullable:
            with self.source.block("if length > 127:"):
                reader = self.source.use("read_nullable_text_length" if is_text else "read_uvarint")
                self.source.add(f"length, position = {reader}(buffer, position - 1)")
        else:
            with self.source.block("if not 0 < length < 128:"):
                reader = self.source.use("read_text_length" if is_text else "read_compact_length")
                self.source.add(f"length, position = {reader}(buffer, position - 1)")

    def _read_value_or_null(self, field: Field, target: str, null: str | None, is_null: str, length: str) -> None:
        if null is None:
            if is_null == "length < 0":
                with self.source.block("if length < 0:"):
                    self.source.add(f"{self.source.use('refuse_null')}()")
            self._read_value(field, target, length)
            return
        with self.source.block(f"if {is_null}:"):
            if null:
                with self.source.block(f"if not ({null}):"):
                    self.source.add(f"{self.source.use('refuse_null')}()")
            self.source.add(f"{target} = None")
        with self.source.block("else:"):
            self._read_value(field, target, length)

    def _read_value(self, field: Field, target: str, length: str) -> None:
        if field.is_array:
            self._read_array(field, target, length)
            return
        self.source.add(f"end = position + {length}")
        self.source.add(f"{target} = {self._slice(field)}")
        self.source.add("position = end")

    def _slice(self, field: Field) -> str:
        if field.type == "string":
            return 'str(buffer[position:end], "utf-8", "as-java")'
        if field.is_lent:
            return "buffer[position:end]"
        return "bytes(buffer[position:end])"

    def _read_array(self, field: Field, target: str, length: str) -> None:
        if field.element == "uuid":
            call = f"{self._use_steps('read_uuids')}(buffer, position, {length})"
            self.source.add(f"{target}, position = {call}")
            return
        if field.element in FIXED:
            code, size = FIXED[field.element]
            call = f'{self._use_steps("read_numbers")}(buffer, position, {length}, "{code}", {size})'
            self.source.add(f"{target}, position = {call}")
            return
        with self.source.block(f"if {self._least_bytes(field, length)} > len(buffer) - position:"):
            self.source.add(f"{self.source.use('refuse_count')}()")
        if self.is_sliced:  # no smaller request holds so many
            with self.source.block(f"if {length} > COLLECTION_MAX_COUNT:"):
                self.source.add(f"{self.source.use('refuse_large_count')}({length})")
        items = f"{field.attribute}_"
        self.source.add(f"{items} = {target} = []")
        is_shared = self._shares_small_elements(field)
        if is_shared:
            self.source.add(f"known_{items}.clear()")
        with self.source.block(f"for _ in range({length}):"):
            self._yield_when_due()
            if field.is_struct:
                self._read_struct_element(field, items, is_shared)
            else:
                self._read_element(field, items)

    def _yield_when_due(self) -> None:
        if self.is_sliced:
            with self.source.block("if position > limit:"):
                self.source.add("yield")
                self.source.add("limit = position + STEP_MAX_BYTES")

    def _read_struct_element(self, field: Field, items: str, is_shared: bool) -> None:
        item = f"{field.attribute}_item"
        if is_shared:
            self.source.add("start = position")
        self._call_reader(field, item)
        if is_shared:
            with self.source.block("if position - start <= SHARED_ELEMENT_MAX_BYTES:"):
                self.source.add(f"{item} = known_{items}.setdefault(bytes(buffer[start:position]), {item})")
        self.source.add(f"{items}.append({item})")

    def _shares_small_elements(self, field: Field) -> bool:
        least = least_element_bytes(self.message, field, self.possible, self.is_flexible)
        return self.is_sliced and is_flat(self.message, field) and least <= SHARED_ELEMENT_MAX_BYTES

    def _call_reader(self, field: Field, target: str) -> None:
        """Read a struct, in slices where it has arrays or more tagged fields than can be read at once."""
        struct = self.message.nested[field.element]
        read = f"{target}, position = {reader_name(field.element)}(buffer, position, version)"
        steps = f"{target}, position = yield from {steps_reader_name(field.element)}(buffer, position, version)"
        if not self.is_sliced:
            self.source.add(read)
        elif has_arrays(self.message, struct):
            self.source.add(steps)
        elif not self.is_flexible:
            self.source.add(read)
        else:
            with self.source.block("try:"):
                self.source.add(read)
            many = self.source.use("ManyTaggedFields")
            if is_read_in_steps(self.message, struct):
                with self.source.block(f"except {many}:"):
                    self.source.add(steps)
            else:
                arguments = f"{reader_name(field.element)}, many.position, buffer, position, version"
                with self.source.block(f"except {many} as many:"):
                    around = self.source.use("read_around_tags")
                    self.source.add(f"{target}, position = yield from {around}({arguments})")

    def _use_steps(self, name: str) -> str:
        """Note that a function of `primitives` is needed, or its sliced form; return how the call of it begins."""
        return f"yield from {self.source.use(name + '_steps')}" if self.is_sliced else self.source.use(name)

    def _least_bytes(self, field: Field, length: str) -> str:
        """Return the expression of the bytes that so many elements take at least."""
        least = least_element_bytes(self.message, field, self.possible, self.is_flexible)
        if least == 1:
            return length
        return f"{least} * ({length})" if " " in length else f"{least} * {length}"

    def _read_element(self, field: Field, items: str) -> None:
        """Read one string or bytes value of an array."""
        if self.is_flexible:
            self._read_compact_length(False, is_text=field.element == "string")
            self.source.add("end = position + length - 1")
        else:
            self.run.push("length", "h" if field.element == "string" else "i", 2 if field.element == "string" else 4)
            self.run.flush()
            with self.source.block("if length < 0:"):
                self.source.add(f"{self.source.use('refuse_null')}()")
            self.source.add("end = position + length")
        text = field.element == "string"
        value = 'str(buffer[position:end], "utf-8", "as-java")' if text else "bytes(buffer[position:end])"
        self.source.add(f"{items}.append({value})")
        self.source.add("position = end")

    def _read_tagged_fields(self, fields: list[Field]) -> None:
        self.run.push("count", "B", 1)
        self.run.flush()
        self._set_defaults(fields)
        reachable = [field for field in fields if condition(field.versions, self.possible) is not None]
        if not reachable:
            with self.source.block("if count:"):
                call = f"{self._use_steps('read_tagged_fields')}(buffer, position, count)"
                self.source.add(f"self.unknown_tagged_fields, position = {call}")
            with self.source.block("else:"):
                self.source.add("self.unknown_tagged_fields = None")
            return
        self.source.add("self.unknown_tagged_fields = None")
        with self.source.block("if count:"):
            with self.source.block("if count > 127:"):
                self._read_long_tag_count()
            with self.source.block("for _ in range(count):"):
                self._yield_when_due()
                self._read_one_tag(reachable)

    def _read_long_tag_count(self) -> None:
        read_uvarint = self.source.use("read_uvarint")
        if self.is_sliced:
            self.source.add(f"count, position = {read_uvarint}(buffer, position - 1)")
            self.source.add(f"{self.source.use('check_large_tag_count')}(buffer, position, count)")
        else:
            self.source.add("start = position - 1")
            self.source.add(f"count, position = {read_uvarint}(buffer, start)")
            self.source.add(f"{self.source.use('check_tag_count')}(buffer, start, position, count)")

    def _read_one_tag(self, fields: list[Field]) -> None:
        self.source.add(f"tag, position = {self.source.use('read_uvarint')}(buffer, position)")
        self.source.add("size, position = read_uvarint(buffer, position)")
        self.source.add("tag_end = position + size")
        with self.source.block("if tag_end > len(buffer):"):
            self.source.add(f"{self.source.use('refuse_count')}()")
        for number, field in enumerate(fields):
            with self.source.block(f"{'if' if number == 0 else 'elif'} tag == {field.tag}:"):
                expression = condition(field.versions, self.possible)
                if expression:
                    with self.source.block(f"if not ({expression}):"):
                        self.source.add(f"{self.source.use('refuse_tag')}(tag)")
                self._read_tagged_value(field)
                self.run.flush()
        with self.source.block("else:"):
            with self.source.block("if self.unknown_tagged_fields is None:"):
                self.source.add("self.unknown_tagged_fields = {}")
            self.source.add("self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])")
            self.source.add("position = tag_end")
        with self.source.block("if position != tag_end:"):
            self.source.add(f"{self.source.use('refuse_tag')}(tag)")

    def _read_tagged_value(self, field: Field) -> None:
        """Read the body of a known tagged field; a nullable struct has a variable-length marker in front of it."""
        target = f"self.{field.attribute}"
        if not field.is_struct or field.is_array or field.nullable.is_empty:
            self._read_field(field, True)
            return
        self.source.add(f"marker, position = {self.source.use('read_uvarint')}(buffer, position)")
        with self.source.block("if marker == 0:"):
            self.source.add(f"{target} = None")
        with self.source.block("else:"):
            self._call_reader(field, target)
