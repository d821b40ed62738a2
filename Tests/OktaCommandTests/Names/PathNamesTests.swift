import OktaCommand
import OktaRuntime
import Testing

@Suite(.longCalculation) struct PathNamesTests {
    @Test(
        "Names: options of path parameters",
        arguments: [
            ("/api/v1/groups/{groupId}/users/{userId}", ["group": "groupId", "user": "userId"]),
            ("/api/v1/hook-keys/{id}", ["hook-key": "id"]),
            ("/api/v1/policies/{policyId}/rules/{ruleId}", ["policy": "policyId", "rule": "ruleId"]),
            ("/api/v1/users/{userIdOrLogin}/linkedObjects/{relationshipName}", [:]),
            ("/api/v1/identity-sources/{identitySourceId}/users/{externalId}", ["identity-source": "identitySourceId"]),
            ("/api/v1/authorizationServers/{authServerId}", ["auth-server": "authServerId"]),
        ])
    func options(_ path: String, _ options: [String: String]) {
        let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        let parameters = names.map { "path:\($0):string!" }.joined(separator: " ")
        let action = ActionDescriptor(
            category: "Test", name: "Test", swiftName: "test.test", method: "GET", path: path, parameters: parameters)
        #expect(PathNames(action).options(besides: []) == options)
        #expect(PathNames(action).options(besides: Set(options.keys.map { "--\($0)" })).isEmpty)
    }

    @Test(
        "Names: values that can only be ids",
        arguments: [
            ("00u1ab2cd3EF4gh5ij6k", "00u", true), ("00u1ab2cd3EF4gh5ij6k", nil, true),
            ("00g1ab2cd3EF4gh5ij6k", "00u", false), ("AccountingDepartment", nil, false),
            ("AccountingDepartment", "00g", false), ("ada@example.com", "00u", false), ("Engineering", nil, false),
            ("a77bba6e-5f8c-4f0e-9d3b-0f5f2a1b9c3d", nil, true), ("a77bba6e-5f8c-4f0e-9d3b-0f5f2a1b9c3", nil, false),
            ("00u1ab2cd3EF4gh5ij6", "00u", false), ("00u1ab2cd3EF4gh5i 6k", nil, false), ("", nil, false),
        ] as [(String, String?, Bool)])
    func forms(_ text: String, _ prefix: String?, _ isID: Bool) {
        #expect(ObjectID.hasForm(text, prefix: prefix) == isID)
    }

    @Test("Names: the collections of the catalogs are lists with names")
    func collections() throws {
        var nouns: Set<String> = []
        for action in CommandCatalog.all.actions {
            for parameter in PathNames(action.descriptor).parameters
            where NamedCollection(parameter, of: action) != nil {
                nouns.insert(parameter.noun)
            }
        }
        // These are the objects that admins name most often. The rule also finds others.
        let expected: Set = [
            "app", "auth-server", "behavior", "brand", "campaign", "device", "domain", "event-hook", "feature", "group",
            "group-rule", "idp", "inline-hook", "log-stream", "policy", "realm", "rule", "trusted-origin", "user",
            "zone",
        ]
        #expect(nouns.isSuperset(of: expected), "missing: \(expected.subtracting(nouns).sorted())")
        // These are lists of objects without names.
        #expect(nouns.intersection(["grant", "session", "csr", "external"]).isEmpty)
    }
}
