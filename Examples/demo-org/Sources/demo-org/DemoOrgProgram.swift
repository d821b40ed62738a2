import DemoOrg
import Foundation

/// Runs a command with the settings of the demo orgs in its environment: `demo-org [--app] [COMMAND ARGUMENTS…]`.
@main
struct DemoOrgProgram {
    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isApp = arguments.first == "--app"
        if isApp { arguments.removeFirst() }
        do {
            let orgs = try DemoOrgs()
            let settings = isApp ? orgs.appSettings : orgs.settings
            guard let command = arguments.first else {
                await serve(settings)
                return await orgs.stop()
            }
            let status = try run(command, arguments.dropFirst(), settings: settings)
            printRequests(of: orgs)
            await orgs.stop()
            exit(status)
        } catch {
            FileHandle.standardError.write(Data("demo-org: \(error)\n".utf8))
            exit(2)
        }
    }

    /// The command's exit status, or 128 and the signal that ended it.
    private static func run(
        _ command: String, _ arguments: ArraySlice<String>, settings: [String: String]
    ) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        let others = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OKTA_") }
        process.environment = others.merging(settings) { $1 }
        try process.run()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    private static func printRequests(of orgs: DemoOrgs) {
        for (name, org) in [("acme", orgs.acme), ("globex", orgs.globex)] where !org.requests.isEmpty {
            print("\nThe demo org \(name) received:")
            for request in org.requests { print("  \(request)") }
        }
    }

    /// Prints the settings, and waits for the end of the input.
    private static func serve(_ settings: [String: String]) async {
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) { write("export \(name)='\(value)'\n") }
        write("# Runs until the input ends, as it does with Control-D.\n")
        while readLine() != nil {}
    }

    /// Writes at once, so that another program can read it while this one runs.
    private static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
