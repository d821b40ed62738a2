import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: bodies")
struct BodyTests {
    private static let modules: [(registry: ActionRegistry, schema: ModelSchema)] = [
        (.okta, .okta), (.oktaGovernance, .oktaGovernance), (.oktaMyAccount, .oktaMyAccount),
        (.oktaOAuthAPI, .oktaOAuthAPI),
    ]

    /// The actions that have a JSON body, with its declaration.
    private static func withBody() -> [(action: ActionDescriptor, declaration: JSON)] {
        modules.flatMap { module in
            module.registry.actions.compactMap { action in
                guard let body = action.body, action.path != nil,
                    action.bodyMedia.isEmpty || action.bodyMedia.contains(where: { $0.contains("json") }),
                    let declaration = module.schema.declaration(body), declaration.kind == .object
                else { return nil }
                return (action, declaration)
            }
        }
    }

    private static func target(_ action: ActionDescriptor) -> String {
        (action.path ?? "").split(separator: "/").map { $0.hasPrefix("{") ? "/00u1test" : "/\($0)" }.joined()
    }

    @Test("Bodies: the objects of a list are checked")
    func checksLists() throws {
        let actions = Self.modules.flatMap { module in
            module.registry.actions.filter { $0.body?.hasPrefix("[") == true }.map { ($0, module.schema) }
        }
        #expect(actions.count >= 4)
        for (action, schema) in actions {
            let check = try #require(BodyCheck(action, schema: schema))
            #expect(check.problems([:]).isMalformed && check.problems([[:], "text"]).isMalformed, "\(action.name)")
            let model = String((action.body ?? "").dropFirst().dropLast())
            let fields = schema.declaration(model)?["fields"]?.members ?? []
            let required = fields.filter { $0.value["required"]?.bool == true }.map(\.key)
            let problems = check.problems([[:], [:]])
            #expect(problems.subjects.count == 2 * required.count, "\(action.name)")
            #expect(Set(problems.subjects) == Set(required), "\(action.name)")
            #expect(check.problems([]).subjects.isEmpty)
        }
    }

    @Test("Bodies: another JSON type is malformed, for every action with a body")
    func refusesOtherTypes() {
        let org = TestOrg { $0.requiresToken = false }
        let actions = Self.withBody()
        #expect(actions.count > 250)
        for (action, declaration) in actions {
            let method = action.method?.rawValue ?? ""
            var bodies: [JSON] = ["text", []]
            // A member with a scalar type and a value of another type.
            for (name, field) in declaration["fields"]?.members ?? [] where declaration["discriminator"] == nil {
                switch field.string ?? field.text("type") {
                case "string": bodies.append([name: [1]])
                case "boolean": bodies.append([name: "yes"])
                case "integer": bodies.append([name: [:]])
                default: break
                }
            }
            for body in bodies {
                let response = org(method, Self.target(action), body)
                #expect(
                    response.status == 400 && response.errorCode == "E0000003",
                    "\(method) \(action.path ?? "") \(body): \(response.status) \(response.json)")
            }
        }
    }

    @Test("Bodies: booleans and numbers are read from strings, and strings from booleans and numbers")
    func coercesScalars() {
        let org = TestOrg()
        let brand = org("GET", "/api/v1/brands").json[0]?.text("id") ?? ""
        let changed = org(
            "PUT", "/api/v1/brands/\(brand)", ["name": "B", "removePoweredByOkta": "true", "locale": ""])
        #expect(changed.json["removePoweredByOkta"]?.bool == true)
        #expect(
            org("PUT", "/api/v1/brands/\(brand)", ["name": "B", "removePoweredByOkta": "yes"]).errorCode == "E0000003")
        let rule = org(
            "POST", "/api/v1/authorizationServers",
            ["name": 5, "description": true, "audiences": ["api://a"]])
        #expect(rule.json["name"]?.string == "5")
        #expect(rule.json["description"]?.string == "true")
        let threshold = org("PUT", "/api/v1/rate-limit-settings/warning-threshold", ["warningThreshold": " 80 "])
        #expect(threshold.json["warningThreshold"]?.int == 80)
        let steps = org(
            "POST", "/governance/api/v1/collections/none/resources", [["resourceOrn": 1, "entitlements": "x"]])
        #expect(steps.errorCode == "E0000003")
    }

    @Test("Bodies: a missing required member is rejected, for every action with one")
    func refusesMissing() {
        let org = TestOrg { $0.requiresToken = false }
        for (action, declaration) in Self.withBody() {
            let required = (declaration["fields"]?.members ?? []).filter { $0.value["required"]?.bool == true }
            let doWithout: Set = ["signOnMode", "credentials", "settings", "authType"]
            guard required.contains(where: { !doWithout.contains($0.key) }), action.body != "BrandRequest" else {
                continue
            }
            let response = org(action.method?.rawValue ?? "", Self.target(action), ["unknownMember": 1])
            #expect((400..<500).contains(response.status), "\(action.method?.rawValue ?? "") \(action.path ?? "")")
        }
    }

    @Test("Bodies: each missing member is a cause, and the summary names the first")
    func namesMissing() {
        let org = TestOrg { $0.requiresToken = false }
        let response = org("POST", "/governance/api/v1/labels", [:])
        #expect(response.status == 400 && response.errorCode == "E0000001")
        #expect(response.causes.contains("name: The field cannot be left blank"))
        #expect(response.json.text("errorSummary")?.hasPrefix("Api validation failed: ") == true)
    }

    @Test("Bodies: unknown members are kept, null means unset, and the operation's own errors come first")
    func keepsUnknown() {
        let org = TestOrg()
        let group = org("POST", "/api/v1/groups", ["profile": ["name": "A", "description": .null], "colour": "red"])
        #expect(group.status == 200 && group.json.text("colour") == "red")
        let own = org("POST", "/api/v1/iam/resource-sets", ["description": "d", "resources": []])
        #expect(own.causes == ["label: Label must be specified"])
        let nothing = org("POST", "/api/v1/users")
        #expect(nothing.status == 400)
    }
}
