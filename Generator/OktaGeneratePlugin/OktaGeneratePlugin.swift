import Foundation
import PackagePlugin

/// The command `swift package okta-generate [check|list|…] [arguments]`, which runs the generator in the package.
/// Defaults to `generate`.
@main
struct OktaGeneratePlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let generator = try context.tool(named: "okta-generator")
        let process = Process()
        process.executableURL = generator.url
        process.currentDirectoryURL = context.package.directoryURL
        let isCommand = arguments.first.map { !$0.hasPrefix("-") } ?? false
        process.arguments = isCommand ? arguments : ["generate"] + arguments
        try process.run()
        process.waitUntilExit()
        // The generator reports errors itself; the package manager prints this code and exits with 1.
        exit(process.terminationReason == .exit ? process.terminationStatus : 3)
    }
}
