import HTTPTypes
import Okta
import Testing

@Suite
struct LiteralParameterTests {
    @Test("Enumeration literals: a parameter accepts the text of any value, documented or not")
    func parameter() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "[]")
        _ = try await okta.policy.listPolicies(type: "ACCESS_POLICY").collect()
        _ = try await okta.policy.listPolicies(type: .accessPolicy).collect()
        _ = try await okta.policy.listPolicies(type: "OF_THE_FUTURE").collect()
        #expect(
            transport.requests.map(\.head.path) == [
                "/api/v1/policies?type=ACCESS_POLICY", "/api/v1/policies?type=ACCESS_POLICY",
                "/api/v1/policies?type=OF_THE_FUTURE",
            ])
    }

    @Test("Enumeration literals: a field accepts one and is compared with one")
    func field() {
        var user = User(json: ["status": "DEPROVISIONED"])
        #expect(user.status == "DEPROVISIONED")
        user = User(json: ["status": "OF_THE_FUTURE"])
        let isNew =
            switch user.status {
            case "OF_THE_FUTURE": true
            default: false
            }
        #expect(isNew)
        let request = CreateGroupRuleRequest.with { $0.type = "group_rule" }
        #expect(request.json == ["type": "group_rule"])
    }
}
