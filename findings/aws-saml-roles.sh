#!/usr/bin/env bash
# Which roles do the sign-in tools for AWS find in an Okta assertion?
#
# Versions: gimme-aws-creds 2.8.2, okta-awscli 0.5.5, aws-okta-processor 1.10.0, tokendito 2.5.0, aws-okta-keyman 0.10.0;
# CPython 3.11.
# Expected: A value of the attribute Role contains the names (ARNs) of a role and of a provider. AWS's documentation puts the
# role first. Okta's pattern for its AWS app puts the provider first. Names in the partitions for China and for the US
# government start with arn:aws-cn and arn:aws-us-gov. A tool finds the role in each of these values.
# Seen:
# - tokendito and aws-okta-processor always take the second name for the role. If the role comes first, they offer the provider
#   to the user as a role, and ask AWS to assume it.
# - tokendito recognises only names that start with arn:aws:. A user of another partition has no role, and no error gives the
#   reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder
cat >"$folder/roles.py" <<'PYTHON'
import base64, importlib, sys
from importlib.metadata import version

tool = sys.argv[1]
ROLE, PROVIDER = "arn:{}:iam::123456789012:role/Reader", "arn:{}:iam::123456789012:saml-provider/Okta"


def assertion(*values):
    """An assertion with these values of Role, as far as the tools read it."""
    attributes = "".join(f"<saml2:AttributeValue>{value}</saml2:AttributeValue>" for value in values)
    return ('<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" '
            'xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><saml2:Assertion><saml2:AttributeStatement>'
            f'<saml2:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">{attributes}</saml2:Attribute>'
            "</saml2:AttributeStatement></saml2:Assertion></saml2p:Response>")


def of_gimme_aws_creds(xml):
    from gimme_aws_creds.default import DefaultResolver
    return [role.role for role in DefaultResolver()._enumerate_saml_roles(base64.b64encode(xml.encode()), None)]


def of_okta_awscli(xml):
    from oktaawscli.aws_auth import AwsAuth
    return [role.role_arn for role in AwsAuth._AwsAuth__extract_available_roles_from(base64.b64encode(xml.encode()))]


def of_aws_okta_processor(xml):
    from aws_okta_processor.core import saml
    return list(saml.get_aws_roles(base64.b64encode(xml.encode()))["default"])


def of_tokendito(xml):
    from tokendito import user
    return list(user.extract_arns(xml))


def of_aws_okta_keyman(xml):
    from aws_okta_keyman.aws_saml import SamlAssertion
    return [role["role"] for role in SamlAssertion(xml).roles()]


swaps = tool in ("tokendito", "aws-okta-processor")
commercial, government = ([name.format(partition) for name in (PROVIDER, ROLE)] for partition in ("aws", "aws-us-gov"))
# For each value: the role, and the names that the tool takes for roles.
cases = [
    ("provider first", ",".join(commercial), commercial[1], [commercial[1]]),
    ("role first", ",".join(reversed(commercial)), commercial[1], [commercial[0 if swaps else 1]]),
    ("arn:aws-us-gov", ",".join(government), government[1], [] if tool == "tokendito" else [government[1]]),
]
failed, words = False, []
for name, value, right, expected in cases:
    seen = globals()["of_" + tool.replace("-", "_")](assertion(value))
    words.append(f"{name}: " + ("right" if seen == [right] else seen[0].split(":")[5] if seen else "no role"))
    if seen != expected:
        failed = True
        print(f"  changed: {name}: expected {expected}, seen {seen}", file=sys.stderr)
print(f"{tool} {version(tool)}: {', '.join(words)}")
sys.exit(failed)
PYTHON
for package in gimme-aws-creds==2.8.2 okta-awscli==0.5.5 aws-okta-processor==1.10.0 tokendito==2.5.0 aws-okta-keyman==0.10.0; do
    tool=${package%%==*}
    python3 -m venv "$folder/$tool"
    "$folder/$tool/bin/pip" install --quiet --disable-pip-version-check 'setuptools<80' "$package"
    "$folder/$tool/bin/python" -W ignore "$folder/roles.py" "$tool"
done
