#if Proxy
internal import ArgumentParser
internal import Foundation
internal import OktaCommand
internal import OktaProxy

/// `okta proxy`, which is a separate program so that `okta` stays small.
@main
struct OktaProxyMain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta proxy",
        abstract: "Forwards the calls of other clients to an org, under the org's rate limits.",
        discussion: """
            Give clients such as Terraform the address that it prints as the org's URL. They send their own credentials, \
            unless --inject-token is given. http://ADDRESS/_proxy shows which clients wait and which use the limits.
            """,
        version: OktaProgram.version)

    @Option(help: "The org: a profile, a name in okta.yaml, or a URL; `okta whoami` shows the default.")
    var org: String?

    @Option(help: "The port on 127.0.0.1; 0 for one that is free.")
    var port = 0

    @Option(help: ArgumentHelp("A further port for one client, such as 8081=terraform.", valueName: "port=name"))
    var listen: [String] = []

    @Option(help: ArgumentHelp("A client whose calls wait behind those of others.", valueName: "name"))
    var bulk: [String] = []

    @Flag(help: "Add the org's credentials to calls; clients then need a local secret each.")
    var injectToken = false

    @Option(help: ArgumentHelp("The file with the local secrets, created if it is missing.", valueName: "file"))
    var secrets: String?

    @Option(help: ArgumentHelp("A client that gets a local secret.", valueName: "name"))
    var client: [String] = []

    @Option(help: ArgumentHelp("A further name by which clients reach the proxy.", valueName: "host"))
    var publicName: [String] = []

    @Flag(help: "Send the field Host to the org as clients send it.")
    var keepHost = false

    @Option(help: ArgumentHelp("A PEM file with a certificate, to serve https.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("A PEM file with its private key.", valueName: "file"))
    var tlsKey: String?

    @Flag(help: "Keep links in responses unchanged.")
    var noRewrite = false

    @Option(help: ArgumentHelp("Record exchanges, without secrets and personal data.", valueName: "file"))
    var record: String?

    @Option(
        help: ArgumentHelp(
            "The store of shared limits: a folder, redis://host, or none; the folder of okta if omitted.",
            valueName: "place"))
    var store: String?

    @Option(help: ArgumentHelp("The share of each limit to use, such as 0.8.", valueName: "number"))
    var share: Double?

    @Option(help: ArgumentHelp("The weight of the proxy in relation to other programs.", valueName: "number"))
    var weight = 1

    @Option(help: ArgumentHelp("The seconds that a call may wait for its turn.", valueName: "seconds"))
    var maxWait: Int?

    @Option(help: ArgumentHelp("The seconds that calls may take after a signal to stop.", valueName: "seconds"))
    var drain = 10

    @Option(help: ArgumentHelp("A PEM file with the authorities to trust.", valueName: "file"))
    var caBundle: String?

    @Flag(help: "Do not print the address.")
    var quiet = false

    private func settings() throws(CommandFailure) -> ProxySettings {
        var settings = ProxySettings()
        settings.org = org
        settings.port = port
        for text in listen { settings.namedPorts.append(try ProxySettings.port(text)) }
        settings.bulkClients = Set(bulk)
        settings.injectsToken = injectToken
        settings.secretsPath = secrets
        settings.clients = client
        settings.publicNames = publicName
        settings.keepsHost = keepHost
        settings.tlsCertificatePath = tlsCertificate
        settings.tlsKeyPath = tlsKey
        settings.rewritesLinks = !noRewrite
        settings.recordPath = record
        settings.store = StoreChoice.Place(store)
        settings.utilization = share
        settings.weight = weight
        settings.maximumWait = maxWait
        settings.drainTime = drain
        settings.caBundlePath = caBundle
        settings.isQuiet = quiet
        return settings
    }

    func run() async throws {
        let context = ProgramContext(
            environment: ProcessInfo.processInfo.environment,
            workingDirectory: FileManager.default.currentDirectoryPath)
        do {
            let program = try await ProxyProgram.start(settings(), context)
            let isDone = await program.runUntilSignalled(context)
            throw ArgumentParser.ExitCode(isDone ? 0 : OktaCommand.ExitCode.partlyDone.rawValue)
        } catch let failure as CommandFailure {
            context.notices.print("okta proxy: \(failure)")
            context.notices.flush()
            throw ArgumentParser.ExitCode(failure.exitCode.rawValue)
        }
    }
}
#else
/// Prints how to build the program, which needs a trait.
@main
enum OktaProxyMain {
    static func main() {
        print("okta-proxy: build it with its trait: swift build --traits Proxy --product okta-proxy")
    }
}
#endif
