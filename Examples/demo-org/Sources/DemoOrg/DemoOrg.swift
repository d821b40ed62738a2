import Foundation
import LoopbackServer
import OktaLocalOrg
import OktaRuntime

/// A local org with the objects of a file: the engine of okta-local-org behind a small server.
public struct DemoOrg: Sendable {
    /// The name of the file, such as `acme`.
    public let name: String
    /// The API token that the org accepts.
    public let token: String

    private let engine: OrgEngine
    private let server: LoopbackServer

    /// Starts an org, which runs until ``stop()``.
    public init(seed file: URL) throws {
        name = file.deletingPathExtension().lastPathComponent
        token = "token-of-\(name)"
        var configuration = OrgConfiguration()
        configuration.tokens = [token]
        let engine = OrgEngine(configuration)
        try engine.seed(objects: JSON(parsing: Array(Data(contentsOf: file))))
        self.engine = engine
        server = try LoopbackServer { request in
            let response = engine.handle(
                LocalRequest(request.method, request.target, headers: request.headers, body: request.body))
            return .response(
                response.status, headers: response.headers.map { ($0.name, $0.value) }, body: response.body)
        }
    }

    /// The URL of the org.
    public var url: String { server.origin }

    /// The requests so far, such as `GET /api/v1/users?limit=3`.
    public var requests: [String] {
        engine.requests.map { "\($0.method) \($0.path)\($0.query.isEmpty ? "" : "?")\($0.query)" }
    }

    /// Ends the org.
    public func stop() async { await server.stop() }

    /// Returns environment variables that point a program to the first of the orgs, or to all of them by name.
    public static func settings(of orgs: [DemoOrg]) -> [String: String] {
        var settings: [String: String] = [:]
        for org in orgs {
            settings["OKTA_ORGS_\(org.name.uppercased())_ORGURL"] = org.url
            settings["OKTA_ORGS_\(org.name.uppercased())_TOKEN"] = org.token
        }
        settings["OKTA_CLIENT_ORGURL"] = orgs.first?.url
        settings["OKTA_CLIENT_TOKEN"] = orgs.first?.token
        return settings
    }
}
