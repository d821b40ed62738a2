import Foundation
import PackagePlugin

/// The command `swift package okta-check [arguments]`, which checks that the sources in the package match its catalog.
///
/// It is a separate plugin because it only reads, so that the package manager does not ask for write permission, and a
/// run without a terminal does not fail.
@main
struct OktaCheckPlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let generator = try context.tool(named: "okta-generator")
        let process = Process()
        process.executableURL = generator.url
        process.currentDirectoryURL = context.package.directoryURL
        process.arguments = ["check"] + arguments
        try process.run()
        process.waitUntilExit()
        exit(process.terminationReason == .exit ? process.terminationStatus : 3)
    }
}
