#!/usr/bin/env bash
# Can a program compute the passcode of a factor from the secret that Okta returns when the factor is enrolled?
#
# Versions: pyotp 2.12.1, 2.11.2 and 2.9.0, passlib 1.7.4, mintotp 0.3.0, onetimepass 1.0.1; oathtool 2.6.7 of Debian 12;
# CPython 3.11. Needs root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: Okta's document has the secret JBTWGV22G4ZGKV3N in the response to an enrollment, with `encoding: base32` and
# `keyLength: 16`. These are 80 bits. Each library computes the passcode of RFC 6238 from it, as a telephone does. A user may
# type the secret in groups of four. The address in a QR code (otpauth:) may write the colon of its label as %3A.
# Seen:
# - pyotp 2.12 refuses the secret: "Secrets must be at least 112 bits after decoding". 2.11 computes the passcode. A test that
#   enrolls a factor and signs in stops after an update by one minor version. A subclass can lower the limit. The limit also
#   applies to parse_uri, which reads a QR code, and this function returns pyotp's own class.
# - With pyotp 2.11 and later, `totp.verify(code, at)` and `provisioning_uri(name, issuer)` raise TypeError. The arguments after
#   the first must have names.
# - pyotp 2.9 reads Okta%3Aada as the user ada of Okta. pyotp 2.11 and 2.12 read the user "Okta:ada". The address that they
#   write from it has the label Okta:Okta%3Aada.
# - pyotp and mintotp refuse a secret in groups of four. passlib, onetimepass and oathtool accept it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download oathtool liboath0
ls oathtool_2.6.7-* >/dev/null 2>&1 || { echo "skipped: this needs oathtool 2.6.7, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check passlib==1.7.4 mintotp==0.3.0 onetimepass==1.0.1 2>log \
    || { cat log >&2; exit 1; }
for version in 2.12.1 2.11.2 2.9.0; do
    venv/bin/pip install --quiet --disable-pip-version-check --no-deps --target "pyotp-$version" "pyotp==$version"
done
cat > with-pyotp.py <<'PYTHON'
import json, pyotp

NOW, LONG = 1796032800, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def attempt(call):
    try:
        return call()
    except Exception as error:  # Each version has its own ones.
        return type(error).__name__


def label():
    read = pyotp.parse_uri(f"otpauth://totp/Okta%3Aada?secret={LONG}&issuer=Okta")
    return [read.name, read.provisioning_uri().split("?")[0]]


print(json.dumps({
    "short": attempt(lambda: pyotp.TOTP("JBTWGV22G4ZGKV3N").at(NOW)),
    "long": attempt(lambda: pyotp.TOTP(LONG).at(NOW)),
    "groups": attempt(lambda: pyotp.TOTP("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").at(NOW)),
    "QR code": attempt(lambda: pyotp.parse_uri("otpauth://totp/Okta:ada?secret=JBTWGV22G4ZGKV3N&issuer=Okta").at(NOW)),
    "verify": attempt(lambda: pyotp.TOTP(LONG).verify("437247", NOW)),
    "label": attempt(label)}))
PYTHON
venv/bin/python -W ignore - "$folder" <<'PYTHON'
import json, os, subprocess, sys

import mintotp, onetimepass
from passlib.totp import TOTP

folder, NOW = sys.argv[1], 1796032800
SECRETS = {"short": "JBTWGV22G4ZGKV3N", "long": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
           "groups": "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"}
CODES = {"short": "560338", "long": "437247", "groups": "437247"}
failed = False


def oathtool(secret):
    environment = os.environ | {"LD_LIBRARY_PATH": f"{folder}/root/usr/lib/x86_64-linux-gnu"}
    return subprocess.run([f"{folder}/root/usr/bin/oathtool", "--totp", "-b", "--now", "2026-11-30 10:00:00 UTC", secret],
                          capture_output=True, text=True, check=True, env=environment).stdout.strip()


def pyotp(version):
    return json.loads(subprocess.run([sys.executable, "with-pyotp.py"], capture_output=True, text=True, check=True,
                                     env=os.environ | {"PYTHONPATH": f"{folder}/pyotp-{version}"}).stdout)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


REFUSED = {"groups": "Error"}
OLD_LABEL, NEW_LABEL = ["ada", "otpauth://totp/Okta:ada"], ["Okta:ada", "otpauth://totp/Okta:Okta%3Aada"]
check("pyotp 2.9.0", pyotp("2.9.0"), CODES | REFUSED | {"QR code": "560338", "verify": True, "label": OLD_LABEL})
check("pyotp 2.11.2", pyotp("2.11.2"), CODES | REFUSED | {"QR code": "560338", "verify": "TypeError", "label": NEW_LABEL})
check("pyotp 2.12.1", pyotp("2.12.1"), CODES | REFUSED | {
    "short": "ValueError", "QR code": "ValueError", "verify": "TypeError", "label": NEW_LABEL})
OTHERS = {
    "passlib": lambda secret: TOTP(key=secret).generate(NOW).token,
    "mintotp": lambda secret: mintotp.hotp(secret, NOW // 30),
    "onetimepass": lambda secret: onetimepass.get_totp(secret, as_string=True, clock=NOW).decode(),
    "oathtool": oathtool,
}
for name, passcode in OTHERS.items():
    seen = {}
    for form, secret in SECRETS.items():
        try:
            seen[form] = passcode(secret)
        except Exception as error:
            seen[form] = type(error).__name__
    check(name, seen, CODES | (REFUSED if name == "mintotp" else {}))
sys.exit(failed)
PYTHON
