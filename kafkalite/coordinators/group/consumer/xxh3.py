"""XXH3 with 64 bits, seed 0: the hash by which a consumer group remembers the topics it was assigned from.

Kafka writes it into every ConsumerGroupMetadata record, so a taker-over must get the same number. It is computed when
topics change, never per request.

Source: the XXH3 specification (xxHash); org.apache.kafka.coordinator.group.Utils, which hashes with it.
"""

from __future__ import annotations

from struct import Struct

_MASK = (1 << 64) - 1
_PRIME32_1, _PRIME32_2, _PRIME32_3 = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
_PRIME64_1, _PRIME64_2, _PRIME64_3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
_PRIME64_4, _PRIME64_5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5
_MIX_1, _MIX_2 = 0x165667919E3779F9, 0x9FB21C651E98DF25

_SECRET = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221"
    "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
    "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb"
    "170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"
)
_STRIPE_BYTES = 64
_BLOCK_BYTES = 1024
_LAST_SECRET_POSITION = len(_SECRET) - _STRIPE_BYTES

_read_32 = Struct("<I").unpack_from
_read_64 = Struct("<Q").unpack_from
_read_pair = Struct("<2Q").unpack_from
_read_stripe = Struct("<8Q").unpack_from


def xxh3_64(data: bytes) -> int:
    """Return the hash of `data` as an unsigned number of 64 bits."""
    length = len(data)
    if length <= 16:
        return _hash_up_to_16(data, length)
    if length <= 240:
        return _hash_up_to_240(data, length)
    return _hash_long(data, length)


def _hash_up_to_16(data: bytes, length: int) -> int:
    if length > 8:
        low = _read_64(data, 0)[0] ^ _secret_64(24) ^ _secret_64(32)
        high = _read_64(data, length - 8)[0] ^ _secret_64(40) ^ _secret_64(48)
        swapped = int.from_bytes(low.to_bytes(8, "little"), "big")
        return _avalanche((length + swapped + high + _fold(low, high)) & _MASK)
    if length >= 4:
        mixed = _read_32(data, length - 4)[0] + (_read_32(data, 0)[0] << 32)
        mixed ^= _secret_64(8) ^ _secret_64(16)
        mixed ^= _rotate(mixed, 49) ^ _rotate(mixed, 24)
        mixed = mixed * _MIX_2 & _MASK
        mixed ^= (mixed >> 35) + length
        mixed = mixed * _MIX_2 & _MASK
        return int(mixed ^ mixed >> 28)
    if length:
        mixed = data[0] << 16 | data[length >> 1] << 24 | data[length - 1] | length << 8
        return _avalanche_64(mixed ^ _read_32(_SECRET, 0)[0] ^ _read_32(_SECRET, 4)[0])
    return _avalanche_64(_secret_64(56) ^ _secret_64(64))


def _hash_up_to_240(data: bytes, length: int) -> int:
    total = length * _PRIME64_1
    if length <= 128:
        for step in range((length - 1) // 32 + 1):
            total += _mix(data, 16 * step, 32 * step) + _mix(data, length - 16 * (step + 1), 32 * step + 16)
        return _avalanche(total & _MASK)
    for position in range(0, 128, 16):
        total += _mix(data, position, position)
    total = _avalanche(total & _MASK)
    for position in range(128, length // 16 * 16, 16):
        total += _mix(data, position, position - 125)
    return _avalanche(total + _mix(data, length - 16, 119) & _MASK)


def _hash_long(data: bytes, length: int) -> int:
    lanes = [
        _PRIME32_3, _PRIME64_1, _PRIME64_2, _PRIME64_3, _PRIME64_4, _PRIME32_2, _PRIME64_5, _PRIME32_1
    ]  # fmt: skip
    for start in range(0, length - 1, _BLOCK_BYTES):
        end = min(start + _BLOCK_BYTES, (length - 1) // _STRIPE_BYTES * _STRIPE_BYTES)
        for number, position in enumerate(range(start, end, _STRIPE_BYTES)):
            _accumulate(lanes, data, position, 8 * number)
        if start + _BLOCK_BYTES < length:
            _scramble(lanes)
    _accumulate(lanes, data, length - _STRIPE_BYTES, _LAST_SECRET_POSITION - 7)
    total = length * _PRIME64_1
    for number in range(4):
        low, high = _read_pair(_SECRET, 11 + 16 * number)
        total += _fold(lanes[2 * number] ^ low, lanes[2 * number + 1] ^ high)
    return _avalanche(total & _MASK)


def _accumulate(lanes: list[int], data: bytes, position: int, secret_position: int) -> None:
    values, keys = _read_stripe(data, position), _read_stripe(_SECRET, secret_position)
    for number in range(8):
        key = values[number] ^ keys[number]
        lanes[number] = lanes[number] + values[number ^ 1] + (key & 0xFFFFFFFF) * (key >> 32) & _MASK


def _scramble(lanes: list[int]) -> None:
    keys = _read_stripe(_SECRET, _LAST_SECRET_POSITION)
    for number in range(8):
        lane = lanes[number]
        lanes[number] = (lane ^ lane >> 47 ^ keys[number]) * _PRIME32_1 & _MASK


def _mix(data: bytes, position: int, secret_position: int) -> int:
    low, high = _read_pair(data, position)
    low_key, high_key = _read_pair(_SECRET, secret_position)
    return _fold(low ^ low_key, high ^ high_key)


def _fold(left: int, right: int) -> int:
    product = left * right
    return product & _MASK ^ product >> 64


def _rotate(value: int, count: int) -> int:
    return (value << count | value >> 64 - count) & _MASK


def _secret_64(position: int) -> int:
    return int(_read_64(_SECRET, position)[0])


def _avalanche(value: int) -> int:
    value = (value ^ value >> 37) * _MIX_1 & _MASK
    return value ^ value >> 32


def _avalanche_64(value: int) -> int:
    value = (value ^ value >> 33) * _PRIME64_2 & _MASK
    value = (value ^ value >> 29) * _PRIME64_3 & _MASK
    return value ^ value >> 32
