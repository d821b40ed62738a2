#if LocalOrg && Redis
import Foundation
import OktaRuntime
import Testing

/// The instructions for a worker.
struct WorkerOrders: Codable {
    var orgURL: String
    var time: SimulatedTime
    /// The end of the work, in seconds of the simulated time.
    var end: Double
    var name: String
    var weight = 1
    var isBulk = false
    var kinds: [WorkKind]
    /// The number of concurrent calls of each kind.
    var parallel = 4
    /// The address of the store: `file:/folder`, a Redis URL, or nothing.
    var store: String?

    /// The token of all programs.
    static let token = "shared-token"

    /// The environment variable with the instructions of a worker process.
    static let variable = "OKTA_TEST_LIMITS_WORKER"

    /// The instructions of this process.
    static var ofProcess: WorkerOrders? {
        ProcessInfo.processInfo.environment[variable].flatMap {
            try? JSONDecoder().decode(WorkerOrders.self, from: Data($0.utf8))
        }
    }
}

/// A worker in a separate process, which runs the program of these tests with ``WorkerTests`` only.
actor WorkerProcess {
    nonisolated let orders: WorkerOrders
    private let process = Process()
    private let output: URL

    init(_ orders: WorkerOrders) throws {
        self.orders = orders
        output = FileManager.default.temporaryDirectory.appendingPathComponent(
            "okta-worker-\(UInt64.random(in: 0 ... .max))")
        try Data().write(to: output)
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["--testing-library", "swift-testing", "--filter", "OktaRateLimitStoreTests.WorkerTests"]
        var environment = ProcessInfo.processInfo.environment
        environment[WorkerOrders.variable] = String(decoding: try JSONEncoder().encode(orders), as: UTF8.self)
        process.environment = environment
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
    }

    deinit {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: output)
    }

    /// Kills the process like `kill -9`.
    func kill() {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// Waits for the end, which must be that of a worker without a failure.
    func finish() async throws {
        while process.isRunning, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
        let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        #expect(process.terminationStatus == 0, "\(orders.name): \(text.suffix(3000))")
    }
}
#endif
