import HTTPTypes
import OktaCommand
import OktaRuntime
import Testing

@Suite struct AgentPolicyTests {
    private func risk(_ line: String) throws -> AgentActions.Risk {
        AgentActions.risk(try #require(AgentActions.known(line), "\(line)"))
    }

    @Test("Agents: the calls that need a confirmation")
    func risks() throws {
        for line in ["GET /api/v1/users", "GET /api/v1/logs"] { #expect(try risk(line) == .none, "\(line)") }
        for line in ["POST /api/v1/groups", "POST /api/v1/users", "POST /api/v1/policies/{policyId}/rules"] {
            #expect(try risk(line) == .adds, "\(line)")
        }
        for line in [
            "DELETE /api/v1/groups/{groupId}", "PUT /api/v1/groups/{groupId}",
            "POST /api/v1/users/{id}/lifecycle/deactivate",
            "PUT /api/v1/groups/{groupId}/users/{userId}", "POST /api/v1/users/{userId}/roles",
        ] { #expect(try risk(line) == .destroys, "\(line)") }
    }

    @Test("Agents: every call except reads and additions to lists needs a confirmation")
    func isStrict() {
        for action in CommandCatalog.all.actions where AgentActions.risk(action) != .destroys {
            let descriptor = action.descriptor
            let isRead = descriptor.method == .get || descriptor.method == .head
            let isElement = descriptor.method == .post && descriptor.path?.hasSuffix("}") == false
            #expect(isRead || isElement, "\(action.category) \(action.name)")
            #expect(descriptor.path?.contains("/lifecycle/") != true || isRead, "\(action.category) \(action.name)")
        }
    }

    @Test("Agents: sign-in actions, uploads and generic requests are not called")
    func refuses() throws {
        let refused = CommandCatalog.all.actions.filter { AgentActions.refusal($0) != nil }
        let names = Set(refused.map { "\($0.category) \($0.name)" })
        #expect(names.contains("application upload-application-logo"))
        #expect(refused.contains { $0.descriptor.authorization == .client })
        #expect(refused.contains { $0.descriptor.method == nil })
        #expect(!names.contains("user list-users"))
    }

    @Test("Agents: tools without a permitted scope are not offered")
    func offers() {
        func names(_ granted: [Set<String>?]) -> Set<String> {
            Set(ToolSet(writes: true).names(granted))
        }
        #expect(names([nil]).count == 12)
        let always: Set = [
            "check_connection", "search_actions", "describe_action", "call_read_action", "call_write_action",
        ]
        #expect(names([[]]) == always)
        #expect(names([["okta.groups.manage"]]).subtracting(always) == ["find_groups", "who_has_access"])
        #expect(names([["okta.logs.read"], ["okta.apps.read"]]).isSuperset(of: ["recent_events", "find_apps"]))
        #expect(!names([["okta.logs.read"]]).contains("find_people"))
        #expect(!ToolSet(writes: false).names().contains("call_write_action"))
    }

    @Test(
        "Agents: secrets that results hide",
        arguments: [
            (
                #"{"password":{"value":"a","hash":{"salt":"b"}}}"#,
                #"{"password":{"value":"<hidden>","hash":{"salt":"<hidden>"}}}"#
            ),
            (
                #"{"password":{"complexity":{"excludeAttributes":["firstName"],"minLength":8}}}"#,
                #"{"password":{"complexity":{"excludeAttributes":["firstName"],"minLength":8}}}"#
            ),
            (
                #"{"client_secret":"s","token_endpoint_auth_method":"none"}"#,
                #"{"client_secret":"<hidden>","token_endpoint_auth_method":"none"}"#
            ),
            (
                #"{"stateToken":"t","sessionToken":"u","tokenLifetimeMinutes":5}"#,
                #"{"stateToken":"<hidden>","sessionToken":"<hidden>","tokenLifetimeMinutes":5}"#
            ),
            (#"{"keys":[{"kty":"EC","x":"1","d":"2"}]}"#, #"{"keys":[{"kty":"EC","x":"1","d":"<hidden>"}]}"#),
            (
                #"{"recovery_question":{"question":"q","answer":"a"}}"#,
                #"{"recovery_question":{"question":"q","answer":"<hidden>"}}"#
            ),
            (
                #"{"otp":"123456","passphrase":"p","secrets":["a","b"],"secret":7}"#,
                #"{"otp":"<hidden>","passphrase":"<hidden>","secrets":["<hidden>","<hidden>"],"secret":"<hidden>"}"#
            ),
            (
                #"{"activationUrl":"https://x/y","d":"kept","name":"password"}"#,
                #"{"activationUrl":"<hidden>","d":"kept","name":"password"}"#
            ),
        ])
    func hides(_ given: String, _ shown: String) throws {
        #expect(CompactJSON.text(SecretMask.agents.masked(try JSON(parsing: given))) == shown)
    }

    @Test("Agents: JSON is written on one line that every reader accepts")
    func compact() throws {
        let given = "{ \"a\" :\n[1.50, -0, 1e400, \"\\ud800 \\u000a\"],\t\"b\": {}, \"a\": null, \"c\": true }"
        let text = CompactJSON.text(try JSON(parsing: given))
        #expect(text == "{\"b\":{},\"a\":null,\"c\":true}")
        let second = CompactJSON.text(try JSON(parsing: "[1.50, -0, 1e400, \"\\ud800 \\u000a\"]"))
        #expect(second == "[1.50,-0,1e400,\"\u{FFFD} \\n\"]")
    }
}
