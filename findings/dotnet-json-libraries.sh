#!/usr/bin/env bash
# Does a program in C# read a SCIM group, a schema and a user as they are, and change one attribute without losing others?
#
# Versions, of Debian 12: Newtonsoft.Json 6.0.8, and JavaScriptSerializer, DataContractJsonSerializer and System.Json of Mono
# 6.8.0.105, with their defaults. Needs root for apt-get update; the packages are unpacked and not installed. Time zone:
# Europe/Berlin. Okta's SDK for .NET uses Newtonsoft.Json.
# Expected: An object with `$ref` is read as it is, because SCIM has this name for the address of a group's member. A text stays
# a text, and a list in a response replaces a list that the class sets.
# Seen, without an error unless stated:
# - Newtonsoft.Json reads a member of a SCIM group if `value` comes before `$ref`. If `$ref` comes first, the whole group is an
#   error. A member with `$ref` alone is null, and so is {"$ref": "#/definitions/base"} of Okta's user schema in a dictionary. It
#   removes `$id`, with which a JSON schema begins, from a dictionary.
# - A list of groups is added to the list of the class: ["Sales"] is read as Everyone and Sales, and read again into the same
#   user as Everyone, Sales and Sales. JavaScriptSerializer replaces the list.
# - JObject.Merge joins two lists: ["a","b"] with ["a"] is ["a","b","a"]. It ignores null, so a title is not cleared.
# - A text that has the form of a time becomes a time: JObject writes 10:00:00+02:00 as 09:00:00+01:00, in the zone of the host,
#   and removes .000. The same value as a string is 11/30/2026 10:00:00.
# - (int) of 2.5 is 2 and of 3.5 is 4. The number 9 is read as a status of an enumeration with three, and the text
#   "SUSPENDED, STAGED" as the fourth.
# - JavaScriptSerializer refuses a page of more than 2097152 characters, and writes a time as \/Date(1796032800000)\/.
# - DataContractJsonSerializer reads the profile {"title":"R"} as a dictionary without members. An attribute that a response
#   does not have becomes null, and not the value that the class sets.
# - System.Json writes the members in another order.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download mono-runtime-{common,sgen} mono-mcs libmono-corlib4.5-dll tzdata \
    libmono-system{,-core,-numerics,-xml,-xml-linq,-data,-web,-json,-configuration,-security,-net-http}4.0-cil \
    libmono-system-{web-extensions,web-applicationservices,runtime-serialization}4.0-cil \
    libmono-system-servicemodel-internals0.0-cil libnewtonsoft-json5.0-cil
for version in libnewtonsoft-json5.0-cil_6.0.8+dfsg mono-runtime-sgen_6.8.0.105+dfsg; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cp root/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll .
cat >main.cs <<'CSHARP'
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Web.Script.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

public enum Status { ACTIVE, SUSPENDED, STAGED }

public class User
{
    public string title = "none";
    public List<string> groups = new List<string> { "Everyone" };
    public Status status;
}

public class Member
{
    public string value;
    [JsonProperty("$ref")] public string address;
}

public class Group { public List<Member> members; }

[DataContract]
public class Account
{
    [DataMember] public string title = "none";
    [DataMember] public Dictionary<string, string> profile;
}

static class Program
{
    static bool failed;

    static void Check(string what, Func<object> read, string expected)
    {
        string seen;
        try
        {
            object made = read();
            seen = made as string ?? JsonConvert.SerializeObject(made);
        }
        catch (Exception)
        {
            seen = "an error";
        }
        Console.WriteLine("{0}: {1}", what, seen);
        if (seen != expected)
        {
            failed = true;
            Console.Error.WriteLine("  changed: expected {0}", expected);
        }
    }

    static object Contract(string text)
    {
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return new DataContractJsonSerializer(typeof(Account)).ReadObject(bytes);
    }

    static void References()
    {
        string both = @"{'value':'00u1','$ref':'https://acme.example/Users/00u1'}".Replace('\'', '"');
        string first = @"{'$ref':'https://acme.example/Users/00u1','value':'00u1'}".Replace('\'', '"');
        string alone = @"{'$ref':'https://acme.example/Users/00u1'}".Replace('\'', '"');
        Func<string, string> group = member => "{\"members\":[" + member + "]}";
        Check("a member with value and $ref", () => JsonConvert.DeserializeObject<Group>(group(both)), group(both));
        Check("a member with $ref and value", () => JsonConvert.DeserializeObject<Group>(group(first)), "an error");
        Check("a member with $ref", () => JsonConvert.DeserializeObject<Group>(group(alone)), "{\"members\":[null]}");
        Check("the same in JavaScriptSerializer", () => new JavaScriptSerializer().DeserializeObject(first), first);
        Check("the same in JObject", () => JObject.Parse(first), first);
        string schema = "{\"base\":{\"$ref\":\"#/definitions/base\"}}";
        Check("a part of a schema", () => JsonConvert.DeserializeObject<Dictionary<string, Dictionary<string, string>>>(schema),
              "{\"base\":null}");
        string root = "{\"$id\":\"a\",\"type\":\"object\"}";
        Check("a schema with $id", () => JsonConvert.DeserializeObject<Dictionary<string, string>>(root), "{\"type\":\"object\"}");
    }

    static void Lists()
    {
        string text = "{\"groups\":[\"Sales\"]}";
        Check("groups", () => JsonConvert.DeserializeObject<User>(text).groups, "[\"Everyone\",\"Sales\"]");
        Check("groups, read again", () =>
        {
            var user = JsonConvert.DeserializeObject<User>(text);
            JsonConvert.PopulateObject(text, user);
            return user.groups;
        }, "[\"Everyone\",\"Sales\",\"Sales\"]");
        Check("groups in JavaScriptSerializer", () => new JavaScriptSerializer().Deserialize<User>(text).groups, "[\"Sales\"]");
        Check("merge", () =>
        {
            var user = JObject.Parse("{\"groups\":[\"a\",\"b\"],\"title\":\"R\",\"city\":\"B\"}");
            user.Merge(JObject.Parse("{\"groups\":[\"a\"],\"title\":null,\"city\":\"C\"}"));
            return user;
        }, "{\"groups\":[\"a\",\"b\",\"a\"],\"title\":\"R\",\"city\":\"C\"}");
    }

    static void Values()
    {
        var user = JObject.Parse("{\"note\":\"2026-11-30T10:00:00.000Z\",\"since\":\"2026-11-30T10:00:00+02:00\"}");
        Check("JObject", () => user.ToString(Formatting.None),
              "{\"note\":\"2026-11-30T10:00:00Z\",\"since\":\"2026-11-30T09:00:00+01:00\"}");
        var numbers = JArray.Parse("[2.5,3.5]");
        Check("a time as a string", () => (string)user["note"], "11/30/2026 10:00:00");
        Check("(int) of 2.5 and 3.5", () => new[] { (int)numbers[0], (int)numbers[1] }, "[2,4]");
        Check("the status 9", () => JsonConvert.DeserializeObject<User>("{\"status\":9}").status, "9");
        Check("the status SUSPENDED, STAGED",
              () => JsonConvert.DeserializeObject<User>("{\"status\":\"SUSPENDED, STAGED\"}").status, "3");
        Check("an unknown status", () => JsonConvert.DeserializeObject<User>("{\"status\":\"LOCKED_OUT\"}").status, "an error");
        foreach (int length in new[] { 2097100, 2097152 })
            Check("JavaScriptSerializer, a text of " + length,
                  () => new JavaScriptSerializer().Deserialize<string[]>("[\"" + new string('a', length) + "\"]").Length,
                  length == 2097100 ? "1" : "an error");
        Check("JavaScriptSerializer, a time",
              () => new JavaScriptSerializer().Serialize(new DateTime(2026, 11, 30, 10, 0, 0, DateTimeKind.Utc)),
              "\"\\/Date(1796032800000)\\/\"");
        Check("DataContractJsonSerializer", () => Contract("{\"profile\":{\"title\":\"R\"}}"), "{\"title\":null,\"profile\":{}}");
        Check("System.Json", () => System.Json.JsonValue.Parse("{\"b\":1,\"a\":2}").ToString(), "{\"a\": 2, \"b\": 1}");
    }

    static int Main()
    {
        References();
        Lists();
        Values();
        return failed ? 1 : 0;
    }
}
CSHARP
export MONO_GAC_PREFIX=$folder/root/usr MONO_CFG_DIR=$folder/root/etc MONO_PATH=$folder/root/usr/lib/mono/4.5 HOME=$folder
export TZ=Europe/Berlin TZDIR=$folder/root/usr/share/zoneinfo LC_ALL=C.UTF-8
mono=(nice root/usr/bin/mono-sgen --config root/etc/mono/config)
"${mono[@]}" root/usr/lib/mono/4.5/mcs.exe -nologo -out:main.exe \
    -r:Newtonsoft.Json.dll,System.Core.dll,System.Json.dll,System.Runtime.Serialization.dll,System.Web.Extensions.dll main.cs
"${mono[@]}" main.exe
