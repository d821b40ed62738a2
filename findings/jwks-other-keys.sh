#!/usr/bin/env bash
# Is a token still accepted if its issuer adds a key of another kind?
#
# Versions: PyJWT 2.15.1, joserfc 1.8.0, Authlib 1.9.10, python-jose 3.5.0, jwcrypto 1.6.1, cryptojwt 1.11.0, jwskate 0.12.2,
# josepy 2.2.0; CPython 3.11.
# Expected: A token names its key by `kid`, so an additional key has no effect on it. Section 5 of RFC 7517 asks readers to
# ignore keys of a kind that they do not know.
# Seen, for a token signed with RS256, and one more key before or after the right one:
# - python-jose does not look at `kid`. It tries the keys in order, and stops with an error at the first key that is not an RSA
#   key: "Incorrect key type. Expected: 'RSA', Received: EC". A key for ES256 or Ed25519 before the right one makes each token
#   fail. The same key after it makes none fail. RFC 7517 gives the order of keys no meaning.
# - Authlib, jwskate and josepy refuse the whole set if it has an ML-DSA key, whose `kty` is AKP, in any position. Authlib's
#   error is KeyError: 'AKP'. josepy also refuses a set with an Ed25519 key.
# - The other four accept the token each time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'PyJWT[crypto]==2.15.1' joserfc==1.8.0 Authlib==1.9.10 \
    'python-jose[cryptography]==3.5.0' jwcrypto==1.6.1 cryptojwt==1.11.0 jwskate==0.12.2 josepy==2.2.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import base64, json, logging, os, sys, time
from importlib.metadata import version

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

logging.disable(logging.CRITICAL)
key, now = rsa.generate_private_key(65537, 2048), int(time.time())
claims = {"iss": "https://acme.okta.com/oauth2/default", "aud": "api://default", "sub": "ada", "iat": now, "exp": now + 600}
TOKEN = jwt.encode(claims, key, "RS256", headers={"kid": "1"})


def public(algorithm, private, **members):
    return {name: value for name, value in json.loads(algorithm.to_jwk(private.public_key())).items() if name != "key_ops"} \
        | {"use": "sig"} | members


right = public(jwt.algorithms.RSAAlgorithm, key, kid="1", alg="RS256")
# The key for ML-DSA has the length of a public key; no library here reads it.
others = {
    "RS256": public(jwt.algorithms.RSAAlgorithm, rsa.generate_private_key(65537, 2048), kid="2", alg="RS256"),
    "ES256": public(jwt.algorithms.ECAlgorithm, ec.generate_private_key(ec.SECP256R1()), kid="2", alg="ES256"),
    "Ed25519": public(jwt.algorithms.OKPAlgorithm, ed25519.Ed25519PrivateKey.generate(), kid="2", alg="EdDSA"),
    "ML-DSA": {"kty": "AKP", "alg": "ML-DSA-65", "kid": "2", "use": "sig",
               "pub": base64.urlsafe_b64encode(os.urandom(1952)).decode().rstrip("=")},
}


def by_PyJWT(keys):
    return jwt.decode(TOKEN, jwt.PyJWKSet.from_dict(keys)["1"], algorithms=["RS256"], audience="api://default")


def by_joserfc(keys):
    from joserfc import jwk, jwt
    return jwt.decode(TOKEN, jwk.KeySet.import_key_set(keys), algorithms=["RS256"]).claims


def by_Authlib(keys):
    from authlib.jose import JsonWebKey, JsonWebToken
    return dict(JsonWebToken(["RS256"]).decode(TOKEN, JsonWebKey.import_key_set(keys)))


def by_python_jose(keys):
    from jose import jwt
    return jwt.decode(TOKEN, keys, algorithms=["RS256"], audience="api://default")


def by_jwcrypto(keys):
    from jwcrypto import jwk, jwt
    return json.loads(jwt.JWT(jwt=TOKEN, key=jwk.JWKSet.from_json(json.dumps(keys)), algs=["RS256"]).claims)


def by_cryptojwt(keys):
    from cryptojwt.jws.jws import JWS
    from cryptojwt.key_bundle import KeyBundle
    return JWS(alg="RS256").verify_compact(TOKEN, KeyBundle(keys=keys["keys"]).keys())


def by_jwskate(keys):
    import jwskate
    token = jwskate.Jwt(TOKEN)
    return token.claims if token.verify_signature(jwskate.JwkSet(keys), alg="RS256") else None


def by_josepy(keys):
    import josepy
    read = {entry["kid"]: josepy.JWK.from_json(entry) for entry in keys["keys"]}
    token = josepy.JWS.from_compact(TOKEN.encode())
    return json.loads(token.payload) if token.verify(read["1"]) else None


def outcome(library, keys):
    try:
        seen = globals()["by_" + library.replace("-", "_")]({"keys": keys})
    except Exception as error:
        return type(error).__name__
    return "good" if seen == claims else f"another result: {seen}"


# For each library, the cases that fail: the other key, and the result with that key before and after the right one.
libraries = {
    "PyJWT": {}, "joserfc": {}, "Authlib": {"ML-DSA": ("KeyError", "KeyError")},
    "python-jose": {name: ("JWKError", "good") for name in ("ES256", "Ed25519", "ML-DSA")},
    "jwcrypto": {}, "cryptojwt": {}, "jwskate": {"ML-DSA": ("InvalidJwk", "InvalidJwk")},
    "josepy": {name: ("UnrecognizedTypeError", "UnrecognizedTypeError") for name in ("Ed25519", "ML-DSA")},
}
failed = False
for library, differences in libraries.items():
    words = []
    for name, other in others.items():
        seen = outcome(library, [other, right]), outcome(library, [right, other])
        words.append(f"{name} {seen[0]}" if seen[0] == seen[1] else f"{name} {seen[0]} before, {seen[1]} behind")
        expected = differences.get(name, ("good", "good"))
        if seen != expected:
            failed = True
            print(f"  changed: {library}, {name}: expected {expected}, seen {seen}", file=sys.stderr)
    print(f"{library} {version(library)}: {', '.join(words)}")
sys.exit(failed)
PYTHON
