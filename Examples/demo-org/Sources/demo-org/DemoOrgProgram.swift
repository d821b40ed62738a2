import DemoOrg
import Foundation

/// Runs a command with the settings of local orgs in its environment: `demo-org SEED… [-- COMMAND ARGUMENTS…]`.
@main
struct DemoOrgProgram {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let seeds = arguments.prefix { $0 != "--" }
        let command = arguments.dropFirst(seeds.count + 1)
        guard !seeds.isEmpty else {
            write("usage: demo-org SEED… [-- COMMAND ARGUMENTS…]\n", to: .standardError)
            exit(2)
        }
        do {
            let orgs = try seeds.map { try DemoOrg(seed: URL(fileURLWithPath: $0)) }
            var status: Int32 = 0
            if command.isEmpty {
                serve(DemoOrg.settings(of: orgs))
            } else {
                status = try run(command, settings: DemoOrg.settings(of: orgs))
                printRequests(of: orgs)
            }
            for org in orgs { await org.stop() }
            exit(status)
        } catch {
            write("demo-org: \(error)\n", to: .standardError)
            exit(2)
        }
    }

    /// Returns the command's exit status, or 128 plus the signal that ended it.
    private static func run(_ command: ArraySlice<String>, settings: [String: String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = Array(command)
        let others = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OKTA_") }
        process.environment = others.merging(settings) { $1 }
        try process.run()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    private static func printRequests(of orgs: [DemoOrg]) {
        for org in orgs where !org.requests.isEmpty {
            print("\nThe local org \(org.name) received:")
            for request in org.requests { print("  \(request)") }
        }
    }

    /// Prints the settings, and waits for the end of the input.
    private static func serve(_ settings: [String: String]) {
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            write("export \(name)=\(value)\n", to: .standardOutput)
        }
        write("# Runs until the input ends, as it does with Control-D.\n", to: .standardOutput)
        while readLine() != nil {}
    }

    /// Writes without buffering, so that another program can read the text while this one runs.
    private static func write(_ text: String, to file: FileHandle) {
        file.write(Data(text.utf8))
    }
}
