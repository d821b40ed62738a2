import Foundation
import Synchronization

/// A built example and its folder.
struct ExampleProgram {
    let name: String

    /// The folder with the example's README.
    var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(name)
    }

    /// The program that the package manager has built beside the tests.
    private var executable: URL {
        get throws {
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
            guard let tests = bundle ?? Bundle.main.executableURL else { throw ExampleError.notBuilt(name) }
            let file = tests.deletingLastPathComponent().appendingPathComponent(name)
            guard FileManager.default.isExecutableFile(atPath: file.path) else { throw ExampleError.notBuilt(name) }
            return file
        }
    }

    /// Starts the example in its folder.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - settings: The environment variables that replace the settings of this process.
    func start(_ arguments: [String], settings: [String: String]) throws -> RunningExample {
        let process = Process()
        process.executableURL = try executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let others = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OKTA_") }
        process.environment = others.merging(settings) { $1 }
        return try RunningExample(process)
    }

    /// The command in the README that begins with `$ NAME`, and its output.
    var promise: (arguments: [String], output: String) {
        get throws {
            let readme = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
            guard let block = readme.components(separatedBy: "```console\n$ \(name)").dropFirst().first,
                let end = block.range(of: "```"), let line = block.firstIndex(of: "\n")
            else { throw ExampleError.noPromise(name) }
            let arguments = block[..<line].split(separator: " ").map(String.init)
            return (arguments, String(block[block.index(after: line)..<end.lowerBound]))
        }
    }
}

/// A running example and its output so far.
final class RunningExample: Sendable {
    private let process: Mutex<Process>
    private let output: Pipe

    fileprivate init(_ process: sending Process) throws {
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        self.output = output
        self.process = Mutex(process)
    }

    /// Waits for the end, and returns the output and the exit status.
    func finish() -> (output: String, status: Int32) {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let status = process.withLock { process in
            process.waitUntilExit()
            return process.terminationStatus
        }
        return (String(decoding: data, as: UTF8.self), status)
    }

    /// Terminates the example as a system shutdown does.
    func terminate() {
        process.withLock { $0.terminate() }
        _ = finish()
    }
}

/// The reason why an example could not be run.
enum ExampleError: Error, CustomStringConvertible {
    case notBuilt(String)
    case noPromise(String)

    var description: String {
        switch self {
        case .notBuilt(let name): "\(name) was not built beside the tests"
        case .noPromise(let name): "the README of \(name) has no block ```console with `$ \(name)`"
        }
    }
}
