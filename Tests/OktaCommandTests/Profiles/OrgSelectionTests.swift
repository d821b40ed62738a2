import OktaCommand
import OktaRuntime
import Testing

@Suite("Profiles: which org a command talks to")
struct OrgSelectionTests {
    private let home: TemporaryHome
    private let variables = ["OKTA_CLIENT_ORGURL": "https://env.okta.com", "OKTA_CLIENT_TOKEN": "env-token"]

    init() throws { home = try TemporaryHome() }

    private func writeProfiles() throws {
        try home.write(
            "config/okta/okta.yaml",
            """
            okta:
              orgs:
                first: {orgUrl: https://first.okta.com, token: one}
                second: {orgUrl: https://second.okta.com, token: two, tenants: [t1]}
            """)
    }

    private func url(_ name: String? = nil, _ variables: [String: String] = [:]) throws -> String {
        try OrgSelection(name: name).client(home.context(variables)).configuration.orgURL
    }

    @Test("Org selection: name, variables, okta.yaml, default profile, in this order")
    func precedence() throws {
        try writeProfiles()
        #expect(try url() == "https://first.okta.com")
        try home.write("okta.yaml", "okta:\n  client: {orgUrl: https://file.okta.com, token: three}\n")
        #expect(try url() == "https://file.okta.com")
        #expect(try url(nil, variables) == "https://env.okta.com")
        #expect(try url("second", variables) == "https://second.okta.com")
        // A variable with connection settings selects no org.
        #expect(try url("second", ["OKTA_CLIENT_CONNECTIONTIMEOUT": "3"]) == "https://second.okta.com")
    }

    @Test("Org selection: an org's variables override its profile")
    func variablesOfAnOrg() throws {
        try writeProfiles()
        #expect(
            try url("second", ["OKTA_ORGS_SECOND_ORGURL": "https://other.okta.com"]) == "https://other.okta.com")
    }

    @Test("Org selection: orgs of an okta.yaml are found by name, and a profile precedes one of the same name")
    func orgsOfAFile() throws {
        try home.write(
            "okta.yaml",
            """
            okta:
              orgs:
                second: {orgUrl: https://hidden.okta.com, token: x}
                third: {orgUrl: https://third.okta.com, token: y}
            """)
        let failure = #expect(throws: CommandFailure.self) { try url() }
        #expect(failure?.advice == "Name one with --org: second, third.")
        try writeProfiles()
        #expect(try url("third") == "https://third.okta.com")
        let all = try OrgSelection(all: true).targets(home.context())
        #expect(all.map(\.url) == ["https://first.okta.com", "https://second.okta.com", "https://third.okta.com"])
    }

    @Test("Org selection: errors say what to do")
    func errors() throws {
        let none = #expect(throws: CommandFailure.self) { try url() }
        #expect(none?.exitCode == .usage && none?.advice?.contains("okta login") == true)
        let unknown = #expect(throws: CommandFailure.self) { try url("acme") }
        #expect(unknown?.advice == "Run `okta login --org acme` to add it.")
        try writeProfiles()
        let misspelled = #expect(throws: CommandFailure.self) { try url("frist") }
        #expect(misspelled?.advice?.hasPrefix("Known orgs: first, second.") == true)
        let both = #expect(throws: CommandFailure.self) {
            try OrgSelection(name: "first", all: true).targets(home.context())
        }
        #expect(both?.exitCode == .usage)
        // A prefix of a name selects no org.
        #expect(throws: CommandFailure.self) { try url("firs") }
    }

    @Test("Org selection: a profile without its secret says how to sign in again")
    func missingSecret() throws {
        try home.write(
            "config/okta/okta.yaml",
            "okta:\n  orgs:\n    acme: {orgUrl: https://acme.okta.com, authorizationMode: Bearer, clientId: 0oa1}\n")
        let failure = #expect(throws: CommandFailure.self) { try url() }
        #expect(failure?.exitCode == .authorization)
        #expect(failure?.message.contains("okta login --org acme") == true)
    }

    @Test("Org selection: the error for a missing setting advises for a shell, and names no library setting")
    func missingSettings() throws {
        func failure(_ name: String? = nil, _ variables: [String: String]) throws -> CommandFailure {
            try #require(throws: CommandFailure.self) { try url(name, variables) }
        }
        let token = try failure(nil, ["OKTA_CLIENT_ORGURL": "https://acme.okta.com"])
        #expect(token.exitCode == .usage && token.message == "the API token is missing")
        #expect(token.advice == "Run `okta login https://acme.okta.com`, or set OKTA_CLIENT_TOKEN.")
        let other = try failure(nil, ["OKTA_CLIENT_ORGURL": "https://acme.okta.com", "OKTA_API_TOKEN": "t"])
        #expect(other.message.contains("OKTA_API_TOKEN is set; the variable for it is OKTA_CLIENT_TOKEN"), "\(other)")
        let org = try failure(nil, ["OKTA_CLIENT_TOKEN": "t"])
        #expect(org.message == "the org URL is missing")
        #expect(
            org.advice?.hasPrefix("Set OKTA_CLIENT_ORGURL. Without the variables OKTA_CLIENT_…, `okta login ") == true)
        let both = try failure(nil, ["OKTA_CLIENT_PRIVATEKEY": "k"])
        #expect(both.message.contains("the org URL is missing; ") && !both.description.contains("OktaSettingsFile"))
        try home.write("okta.yaml", "okta:\n  orgs:\n    acme: {orgUrl: https://acme.okta.com}\n")
        let named = try failure("acme", [:])
        #expect(named.advice == "Run `okta login https://acme.okta.com --org acme`, or set OKTA_ORGS_ACME_TOKEN.")
    }

    @Test("Org selection: a variable or file with an org but no credentials selects the profile of that org")
    func profileOfTheOrg() throws {
        try writeProfiles()
        let second = ["OKTA_CLIENT_ORGURL": "https://second.okta.com/"]
        #expect(try OrgSelection().target(home.context(second)).name == "second")
        #expect(throws: CommandFailure.self) { try url(nil, ["OKTA_CLIENT_ORGURL": "https://third.okta.com"]) }
        try home.write("okta.yaml", "okta:\n  client: {orgUrl: https://second.okta.com}\n")
        #expect(try OrgSelection().target(home.context()).name == "second")
        let own = second.merging(["OKTA_CLIENT_TOKEN": "t"]) { $1 }
        #expect(try OrgSelection().target(home.context(own)).origin == .variables)
    }

    @Test("Org selection: scopes of an access token are read from its claims")
    func claims() {
        // {"scp":["okta.users.read","openid"]} between two other parts.
        let token = "e30.eyJzY3AiOlsib2t0YS51c2Vycy5yZWFkIiwib3BlbmlkIl19.c2ln"
        #expect(AccessTokenClaims(token)?.scopes == ["okta.users.read", "openid"])
        for text in ["", "opaque", "a.b.c", "e30.e30.e30"] { #expect(AccessTokenClaims(text) == nil) }
    }
}
