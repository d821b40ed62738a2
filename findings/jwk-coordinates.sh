#!/usr/bin/env bash
# Does a public EC key have the same JWK and the same thumbprint in all of Python's JOSE libraries?
#
# Versions: Authlib 1.9.10 (its module authlib.jose, deprecated and still delivered), joserfc 1.8.0, jwcrypto 1.6.1, PyJWT
# 2.15.1, python-jose 3.5.0, cryptojwt 1.11.0, jwskate 0.12.2; CPython 3.11.
# Expected: A coordinate has as many octets as the curve needs, with leading zeros (RFC 7518 section 6.2.1.2). The thumbprint
# (RFC 7638) is then the same everywhere. It is often the `kid`, and it binds a token to a DPoP key.
# Seen:
# - authlib.jose omits the leading zeros, and on P-521 cryptojwt does too. Of the keys with the private values 1 to 1000, 9 have
#   a wrong JWK on P-256, and 735 on P-521 (ES512). On P-521 the first octet is mostly zero, which affects three keys in four.
# - PyJWT refuses such a key: "Coords should be 32 bytes for curve P-256". A JWK set works for months, and after a rotation of
#   keys all tokens are refused.
# - joserfc, jwcrypto and jwskate accept the key and keep its text. The thumbprint that they return is not that of the key.
#   cryptojwt corrects it on P-256.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Authlib==1.9.10 joserfc==1.8.0 jwcrypto==1.6.1 PyJWT==2.15.1 \
    'python-jose[cryptography]==3.5.0' cryptojwt==1.11.0 jwskate==0.12.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, sys
from importlib.metadata import version

import authlib.jose, cryptojwt.jwk.ec, jose.jwk, jwcrypto.jwk, jwskate, jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey

CURVES = {"P-256": (ec.SECP256R1(), 32), "P-521": (ec.SECP521R1(), 66)}


def public(curve, value):
    return ec.derive_private_key(value, CURVES[curve][0]).public_key()


def pem(key):
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def by_authlib(key):
    return authlib.jose.JsonWebKey.import_key(pem(key), {"kty": "EC"}).as_dict()


def by_cryptojwt(key):
    jwk = cryptojwt.jwk.ec.ECKey(pub_key=key)
    jwk.serialize()
    return jwk.to_dict()


writers = {
    "authlib.jose": by_authlib,
    "joserfc": lambda key: ECKey.import_key(pem(key)).as_dict(),
    "jwcrypto": lambda key: jwcrypto.jwk.JWK.from_pem(pem(key)).export(as_dict=True),
    "PyJWT": lambda key: json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key)),
    "python-jose": lambda key: jose.jwk.construct(pem(key), "ES256").to_dict(),
    "cryptojwt": by_cryptojwt,
    "jwskate": lambda key: dict(jwskate.Jwk.from_cryptography_key(key)),
}
readers = {
    "authlib.jose": lambda jwk: authlib.jose.JsonWebKey.import_key(jwk).thumbprint(),
    "joserfc": lambda jwk: ECKey.import_key(jwk).thumbprint(),
    "jwcrypto": lambda jwk: jwcrypto.jwk.JWK(**jwk).thumbprint(),
    "PyJWT": lambda jwk: jwt.algorithms.ECAlgorithm.from_jwk(jwk) and "accepted",
    "cryptojwt": lambda jwk: cryptojwt.jwk.ec.ECKey(**jwk).thumbprint("SHA-256").decode(),
    "jwskate": lambda jwk: jwskate.Jwk(jwk).thumbprint(),
}


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def is_whole(jwk, curve):
    digits = (CURVES[curve][1] * 8 + 5) // 6
    return len(text(jwk["x"])) == digits and len(text(jwk["y"])) == digits


failed = False
print(*(f"{name} {version(name)}" for name in ("Authlib", "joserfc", "jwcrypto", "PyJWT", "python-jose", "cryptojwt", "jwskate")))
for curve, expected in (("P-256", {"authlib.jose": 9}), ("P-521", {"authlib.jose": 735, "cryptojwt": 735})):
    keys = [public(curve, value) for value in range(1, 1001)]
    short = {name: sum(not is_whole(writer(key), curve) for key in keys) for name, writer in writers.items()}
    print(f"{curve}: wrong JWKs of 1000:", ", ".join(f"{name} {count}" for name, count in short.items()))
    if {name: count for name, count in short.items() if count} != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)

# For each library: whether it computes the right thumbprint for a key that authlib.jose wrote.
cases = {
    "P-256": {"authlib.jose": "another", "joserfc": "another", "jwcrypto": "another", "PyJWT": "refused",
              "cryptojwt": "the same", "jwskate": "another"},
    "P-521": {"authlib.jose": "another", "joserfc": "another", "jwcrypto": "another", "PyJWT": "refused",
              "cryptojwt": "another", "jwskate": "another"},
}
for curve, expected in cases.items():
    key = next(key for value in range(1, 1001) if not is_whole(by_authlib(key := public(curve, value)), curve))
    right, seen = ECKey.import_key(pem(key)).thumbprint(), {}
    for name, reader in readers.items():
        try:
            seen[name] = "the same" if reader(by_authlib(key)) == right else "another"
        except jwt.InvalidKeyError:
            seen[name] = "refused"
    print(f"{curve}: thumbprint of a key from authlib.jose:", ", ".join(f"{name} {word}" for name, word in seen.items()))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
