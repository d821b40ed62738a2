import Foundation
import PackagePlugin

/// `swift package okta-generate [check|list|…] [arguments]`: runs the generator in the package, `generate` unless told.
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
        // What is wrong is told by the generator itself; the package manager prints this code, and ends with 1.
        exit(process.terminationReason == .exit ? process.terminationStatus : 3)
    }
}
