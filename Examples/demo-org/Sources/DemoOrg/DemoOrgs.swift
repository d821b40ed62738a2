/// The orgs `acme` and `globex`, with the settings that lead a program to them.
public struct DemoOrgs: Sendable {
    /// The org of programs that know one org.
    public let acme: DemoOrg
    /// A second org, of other people.
    public let globex: DemoOrg

    /// Starts both orgs.
    public init() throws {
        let people = [
            ("ada", "ACTIVE"), ("alan", "ACTIVE"), ("barbara", "ACTIVE"), ("donald", "SUSPENDED"), ("edsger", "ACTIVE"),
            ("frances", "ACTIVE"), ("grace", "STAGED"),
        ].enumerated().map { DemoPerson(id: "00u\($0)", login: "\($1.0)@example.com", status: $1.1) }
        acme = try DemoOrg(
            token: "demo-token", people: people,
            groups: [
                DemoGroup(
                    id: "00g0", type: "BUILT_IN", name: "Everyone", description: "All users in your organization",
                    members: Set((0..<people.count).map { "00u\($0)" })),
                DemoGroup(
                    id: "00g1", name: "Deployers", description: "Everyone who may deploy", members: ["00u0", "00u1"]),
                DemoGroup(id: "00g2", name: "Reviewers", members: ["00u0", "00u6"]),
            ],
            events: (1...3).map {
                DemoEvent(id: "event-\($0)", type: "user.session.start", published: "2026-11-28T12:00:0\($0).000Z")
            })
        globex = try DemoOrg(
            token: "demo-token-of-globex",
            people: ["hank", "scorpio"].enumerated().map { DemoPerson(id: "00v\($0)", login: "\($1)@example.org") },
            groups: [], events: [])
    }

    /// Ends both orgs.
    public func stop() async {
        await acme.stop()
        await globex.stop()
    }

    /// Environment variables for a program that authenticates with API tokens.
    public var settings: [String: String] {
        [
            "OKTA_CLIENT_ORGURL": acme.url,
            "OKTA_CLIENT_TOKEN": acme.token,
            "OKTA_ORGS_ACME_ORGURL": acme.url,
            "OKTA_ORGS_ACME_TOKEN": acme.token,
            "OKTA_ORGS_GLOBEX_ORGURL": globex.url,
            "OKTA_ORGS_GLOBEX_TOKEN": globex.token,
        ]
    }

    /// Environment variables for a program that authenticates as an app.
    public var appSettings: [String: String] {
        [
            "OKTA_CLIENT_ORGURL": acme.url,
            "OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey",
            "OKTA_CLIENT_CLIENTID": DemoTokens.clientID,
            "OKTA_CLIENT_SCOPES": "okta.groups.read",
            "OKTA_CLIENT_PRIVATEKEY": Self.privateKey,
            "OKTA_CLIENT_KID": "demo",
        ]
    }

    /// A key that was made for these orgs, and opens nothing else.
    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiPIEy+krQ7L/L4oO
        z5UdDs4wAvG/cn+nvbqPbdlFVHWhRANCAAQ3STaU3zjJrkf/CS0jiaEduMIK2cmt
        +NW44J5uH23yARiinXzv7JWDGcWLPaGOOYJDC1Q3sMu8n0VyoqplJoNV
        -----END PRIVATE KEY-----
        """
}
