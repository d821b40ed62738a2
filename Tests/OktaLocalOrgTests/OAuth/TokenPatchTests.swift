#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: commands of token inline hooks")
struct TokenPatchTests {
    private static let claims: JSON = [
        "ver": 1, "iss": "https://test.okta.com/oauth2/default", "aud": "api://default", "iat": 1000,
        "sub": "ada@example.com", "department": "Orders", "profile": ["name": "Ada", "mail": "ada@example.com"],
        "airports": ["sjc", "sfo"],
    ]

    private func applied(
        _ operation: JSON, type: String = "com.okta.access.patch"
    ) throws -> TokenDrafts {
        let drafts = TokenDrafts(access: TokenDraft(claims: Self.claims, lifetime: 3600))
        return try TokenPatch.applied(["commands": [["type": JSON(type), "value": [operation]]]], to: drafts)
    }

    @Test(
        "Token patches: claims, members of objects and elements of arrays are added, replaced and removed",
        arguments: [
            (#"{"op":"add","path":"/claims/guid","value":"F0"}"#, "guid", #""F0""#),
            (#"{"op":"add","path":"/claims/department","value":{"id":7}}"#, "department", #"{"id":7}"#),
            (#"{"op":"add","path":"/claims/https:~1~1a.example~1id","value":1}"#, "https://a.example/id", "1"),
            (#"{"op":"replace","path":"/claims/department","value":"HR"}"#, "department", #""HR""#),
            (#"{"op":"replace","path":"/claims/aud","value":"api://other"}"#, "aud", #""api://other""#),
            (#"{"op":"replace","path":"/claims/sub","value":"00u1"}"#, "sub", #""00u1""#),
            (#"{"op":"remove","path":"/claims/department"}"#, "department", nil),
            (#"{"op":"remove","path":"/claims/department","value":null}"#, "department", nil),
            (
                #"{"op":"add","path":"/claims/profile/id","value":"4947"}"#, "profile",
                #"{"name":"Ada","mail":"ada@example.com","id":"4947"}"#
            ),
            (
                #"{"op":"replace","path":"/claims/profile/mail","value":"a@b.example"}"#, "profile",
                #"{"name":"Ada","mail":"a@b.example"}"#
            ),
            (#"{"op":"remove","path":"/claims/profile/mail"}"#, "profile", #"{"name":"Ada"}"#),
            (#"{"op":"add","path":"/claims/airports/2","value":"lax"}"#, "airports", #"["sjc","sfo","lax"]"#),
            (#"{"op":"add","path":"/claims/airports/-","value":"lax"}"#, "airports", #"["sjc","sfo","lax"]"#),
            (#"{"op":"add","path":"/claims/airports/0","value":"lax"}"#, "airports", #"["lax","sjc","sfo"]"#),
            (#"{"op":"replace","path":"/claims/airports/1","value":"oak"}"#, "airports", #"["sjc","oak"]"#),
            (#"{"op":"remove","path":"/claims/airports/0"}"#, "airports", #"["sfo"]"#),
        ] as [(String, String, String?)])
    func changes(operation: String, claim: String, expected: String?) throws {
        let claims = try #require(try applied(try JSON(parsing: operation)).access).claims
        #expect(claims[claim]?.text == expected)
        #expect(claims["iss"] == Self.claims["iss"])
    }

    @Test(
        "Token patches: what Okta does not permit fails",
        arguments: [
            #"{"op":"move","path":"/claims/department","value":"x"}"#, #"{"op":"add","path":"/claims/guid"}"#,
            #"{"op":"add","path":"/claims","value":{}}"#, #"{"op":"add","path":"/other/guid","value":1}"#,
            #"{"op":"add","path":"claims/guid","value":1}"#, #"{"op":"replace","path":"/claims/iss","value":"x"}"#,
            #"{"op":"add","path":"/claims/exp","value":1}"#, #"{"op":"remove","path":"/claims/ver"}"#,
            #"{"op":"remove","path":"/claims/aud"}"#, #"{"op":"remove","path":"/claims/sub"}"#,
            #"{"op":"replace","path":"/claims/nothing","value":1}"#, #"{"op":"remove","path":"/claims/nothing"}"#,
            #"{"op":"remove","path":"/claims/department","value":"Orders"}"#,
            #"{"op":"add","path":"/claims/nothing/id","value":1}"#,
            #"{"op":"replace","path":"/claims/profile/id","value":1}"#,
            #"{"op":"add","path":"/claims/airports/3","value":"lax"}"#,
            #"{"op":"add","path":"/claims/airports/-1","value":"lax"}"#,
            #"{"op":"replace","path":"/claims/airports/-","value":"lax"}"#,
            #"{"op":"remove","path":"/claims/airports/2"}"#,
            #"{"op":"add","path":"/claims/department/name","value":1}"#,
            #"{"op":"replace","path":"/token/lifetime/expiration","value":299}"#,
            #"{"op":"replace","path":"/token/lifetime/expiration","value":86401}"#,
            #"{"op":"replace","path":"/token/lifetime/expiration","value":"600"}"#,
            #"{"op":"add","path":"/token/lifetime/expiration","value":600}"#,
        ])
    func refuses(operation: String) throws {
        let operation = try JSON(parsing: operation)
        #expect(throws: TokenPatch.Failure.self) { try applied(operation) }
    }

    @Test("Token patches: a lifetime is five minutes to a day", arguments: [300, 86_400])
    func setsLifetime(seconds: Int) throws {
        let drafts = try applied([
            "op": "replace", "path": "/token/lifetime/expiration", "value": JSON(seconds),
        ])
        #expect(drafts.access?.lifetime == seconds && drafts.access?.expiry == 1000 + seconds)
    }

    @Test("Token patches: a command for a token that was not requested, and an unknown one, fail")
    func refusesCommands() {
        let operation: JSON = ["op": "add", "path": "/claims/guid", "value": 1]
        for type in ["com.okta.identity.patch", "com.okta.assertion.patch", ""] {
            #expect(throws: TokenPatch.Failure.self) { try applied(operation, type: type) }
        }
    }

    @Test("Token patches: one failure keeps all tokens as they are, and no commands change nothing")
    func isAtomic() throws {
        let drafts = TokenDrafts(
            access: TokenDraft(claims: Self.claims, lifetime: 3600),
            identity: TokenDraft(claims: Self.claims, lifetime: 3600))
        let command = { (type: String, path: String) -> JSON in
            ["type": JSON(type), "value": [["op": "replace", "path": JSON(path), "value": "x"]]]
        }
        let commands = JSON([
            command("com.okta.access.patch", "/claims/department"), command("com.okta.identity.patch", "/claims/sub"),
        ])
        #expect(throws: TokenPatch.Failure.self) { try TokenPatch.applied(["commands": commands], to: drafts) }
        #expect(throws: TokenPatch.Failure.self) { try TokenPatch.applied(["commands": "x"], to: drafts) }
        for response in [[:], ["commands": .null], ["commands": []]] as [JSON] {
            #expect(try TokenPatch.applied(response, to: drafts).access?.claims == Self.claims)
        }
    }

    @Test("Token patches: claims cannot be nested without limit")
    func limitsNesting() throws {
        var drafts = TokenDrafts(access: TokenDraft(claims: [:], lifetime: 3600))
        var path = "/claims"
        func add() throws {
            path += "/a"
            let operation: JSON = ["op": "add", "path": JSON(path), "value": [:]]
            drafts = try TokenPatch.applied(
                ["commands": [["type": "com.okta.access.patch", "value": [operation]]]], to: drafts)
        }
        for _ in 0..<63 { try add() }
        #expect(throws: TokenPatch.Failure.self) { try add() }
    }
}
#endif
