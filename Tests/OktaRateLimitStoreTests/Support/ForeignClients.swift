#if LocalOrg && Redis
import Foundation
import Testing

/// Clients of other vendors behind `okta-proxy`, each in a separate process: curl, okta for Python, and a program in Go
/// if Go is installed. Each sends its next call as soon as it has a response.
actor ForeignClients {
    /// The program `okta-proxy`, and a Python that has okta; nil where a test run has none.
    static let proxy = ProcessInfo.processInfo.environment["OKTA_TEST_PROXY"]
    static let python = ProcessInfo.processInfo.environment["OKTA_TEST_PYTHON"]
    /// The built program in Go; nil without Go.
    private static let go = ProcessInfo.processInfo.environment["OKTA_TEST_GO"]

    /// The names under which they appear in a report: what their `User-Agent` ends with.
    static let names =
        ["curl-client", "OpenAPI-Generator/1.0.0/python"] + (go == nil ? [] : ["Go-http-client/1.1"])
    /// The names of their secrets.
    private static let lanes = ["curl", "python", "go"]

    private let folder: TemporaryFolder
    private var processes: [Process] = []

    /// Starts the proxy, and then the clients.
    ///
    /// - Parameters:
    ///   - store: Where the proxy shares limits.
    ///   - weight: The part of the proxy, which the clients share.
    init(orgURL: String, store: String, weight: Int) async throws {
        folder = try TemporaryFolder()
        let address = try await startProxy(orgURL, store, weight)
        let secrets = try secrets()
        for path in WorkKind.allCases.dropLast().map(\.path) {
            // Every number is a separate call for the proxy.
            try start(
                "/usr/bin/env",
                [
                    "curl", "--silent", "--parallel", "--parallel-max", "4", "--user-agent", Self.names[0], "--header",
                    "Authorization: SSWS \(secrets[0])", "\(address)\(path)?n=[1-1000000]",
                ])
        }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Tools/LocalOrg/Interop/okta-sdk/load.py").standardized.path
        try start(
            try #require(Self.python), [script],
            ["OKTA_URL": address, "OKTA_TOKEN": secrets[1]])
        if let go = Self.go { try start(go, [], ["OKTA_URL": address, "OKTA_TOKEN": secrets[2]]) }
    }

    private func startProxy(_ orgURL: String, _ store: String, _ weight: Int) async throws -> String {
        let output = "\(folder.path)/proxy"
        let clients = Self.lanes.flatMap { ["--client", $0] }
        try start(
            try #require(Self.proxy),
            [
                "--org", orgURL, "--inject-token", "--secrets", "\(folder.path)/secrets", "--share", "1",
                "--store", store, "--weight", "\(weight)", "--keep-host",
            ] + clients, ["OKTA_CLIENT_ORGURL": orgURL, "OKTA_CLIENT_TOKEN": WorkerOrders.token], output: output)
        let prefix = "okta proxy: http"
        while true {
            let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            if let line = lines.first(where: { $0.hasPrefix(prefix) }) {
                return "http" + line.dropFirst(prefix.count)
            }
            try #require(processes.first?.isRunning == true, "okta-proxy ended: \(lines)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The secrets of the clients, in the order of ``lanes``.
    private func secrets() throws -> [String] {
        let lines = try String(contentsOfFile: "\(folder.path)/secrets", encoding: .utf8).split(separator: "\n")
        return try Self.lanes.map { name in
            let line = try #require(lines.first { $0.hasPrefix("\(name) ") })
            return String(line.dropFirst(name.count + 1))
        }
    }

    private func start(
        _ program: String, _ arguments: [String], _ variables: [String: String] = [:], output: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // Nothing of the user's own settings.
        process.environment =
            ProcessInfo.processInfo.environment.filter {
                !$0.key.hasPrefix("OKTA_") && !$0.key.lowercased().hasSuffix("_proxy")
            }.merging(["HOME": folder.path]) { $1 }.merging(variables) { $1 }
        if let output {
            try Data().write(to: URL(fileURLWithPath: output))
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        } else {
            process.standardOutput = FileHandle.nullDevice
        }
        process.standardError = FileHandle.nullDevice
        try process.run()
        processes.append(process)
    }

    /// Whether all still run.
    var areRunning: Bool { processes.allSatisfy(\.isRunning) }

    /// Ends the clients and the proxy. A process that is started here may have SIGTERM blocked, as its thread had.
    func stop() async {
        for process in processes.reversed() {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            while process.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
        }
        processes = []
    }

    deinit {
        for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
#endif
