#if LocalOrg
import Foundation
import OktaLocalOrg
import OktaRuntime

/// Serves a local org until it is interrupted.
@main
enum LocalOrgProgram {
    static func main() async {
        let arguments: Arguments
        do {
            arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("okta-local-org: \(error)\n\n\(Arguments.usage)".utf8))
            exit(2)
        }
        if arguments.wantsHelp { return print(Arguments.usage, terminator: "") }
        if arguments.wantsCoverage { return print(coverage(), terminator: "") }
        do {
            try await serve(arguments)
        } catch {
            let isTaken = "\(error)".contains("Address already in use")
            let text = isTaken ? "the port \(arguments.port) is in use; --port 0 takes a free one" : "\(error)"
            FileHandle.standardError.write(Data("okta-local-org: \(text)\n".utf8))
            exit(1)
        }
    }

    private static func serve(_ arguments: Arguments) async throws {
        let seed = try arguments.seed.map(objects)
        var options = LocalOrg.Options()
        options.port = arguments.port
        options.host = arguments.host
        options.tls = arguments.tls
        options.latency = .milliseconds(arguments.latency)
        options.org.seed = arguments.seedNumber
        if let token = arguments.token { options.org.tokens = [token] }
        options.org.enforcesRateLimits = arguments.rateLimits
        options.org.rateLimitScale = arguments.rateLimitScale
        options.org.searchDelay = arguments.searchDelay
        options.org.faults = arguments.faults
        if let file = arguments.record { options.observer = try ExchangeRecorder(file).record }
        let org = try await LocalOrg.start(options)
        org.seed(users: arguments.size)
        if let seed { try org.engine.seed(objects: seed) }
        // Flushed at once, so that a script can read the URL while the program runs.
        var text = """
            okta-local-org: \(org.url)
            export OKTA_CLIENT_ORGURL=\(org.url) OKTA_CLIENT_TOKEN=\(arguments.token ?? "any")

            """
        if let path = org.certificateAuthorityPath {
            // The environment variables of curl, OpenSSL and Python's requests.
            text += """
                certificate authority: \(path)
                export CURL_CA_BUNDLE=\(path) SSL_CERT_FILE=\(path) REQUESTS_CA_BUNDLE=\(path)

                """
        }
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        await org.waitUntilStopped()
    }

    /// Returns the objects in a file.
    private static func objects(_ path: String) throws -> JSON {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Arguments.Problem(description: "the seed '\(path)' cannot be read")
        }
        do {
            return try JSON(parsing: Array(data))
        } catch {
            throw Arguments.Problem(description: "the seed '\(path)' is not JSON: \(error)")
        }
    }

    private static func coverage() -> String {
        let rows = OrgEngine.coverage
        let full = rows.count { $0.fidelity == .full }
        return rows.map { "\($0.fidelity.rawValue)\t\($0.method)\t\($0.path)\t\($0.category)\t\($0.action)\n" }.joined()
            + "\(full) of \(rows.count) actions are full, the others are shapes\n"
    }
}
#else
/// Prints how to build the program with its server, which needs a trait.
@main
enum LocalOrgProgram {
    static func main() {
        print("okta-local-org needs the trait LocalOrg: swift run --traits LocalOrg okta-local-org")
    }
}
#endif
