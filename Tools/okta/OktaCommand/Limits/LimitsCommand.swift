#if CommandLine
package import ArgumentParser
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// `okta limits`: shows the remaining rate limits.
package struct LimitsCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta limits", abstract: "Shows how much of each rate limit is left.",
        discussion: """
            Sends one inexpensive call to each common endpoint and reads the limits in the response. On a terminal, \
            the bars are redrawn until ^C; otherwise there is one table. Each drawing costs one call per bucket.

            Other buckets are those that the commands on this machine share at present, with the clients that have permits \
            or wait for them. OKTA_SHARED_LIMITS=off turns sharing off for a command.
            """)

    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    var org: String?

    @Option(help: ArgumentHelp("The pause between two drawings, in seconds.", valueName: "seconds"))
    var interval = 10

    @Flag(help: "Show the limits once, also on a terminal.")
    var once = false

    @OptionGroup
    var shown: ShownOptions

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        guard (1...3600).contains(interval) else {
            throw CommandFailure.usage("--interval takes a number of seconds from 1 to 3600")
        }
        context.output.endWithReader()
        let book = LimitBook()
        let client = try OrgSelection(name: org).target(context).client { configuration in
            configuration.observers.append(book)
            // A call that would wait for a limit shows its state instead.
            configuration.rateLimits.maximumWait = .zero
            configuration.rateLimitSharing = nil
        }
        let probe = LimitProbe(client: client)
        guard context.output.isTerminal, context.obeysMarks, shown.format == nil, !once else {
            try await probe.run()
            return try table(book, try shared(client, book, context), context)
        }
        let bars = LimitBars(
            columns: context.output.columns ?? 80, usesColor: context.allowsColor)
        var drawn = 0
        while !Task.isCancelled {
            do {
                try await probe.run()
            } catch {
                // Ctrl-C ends the command, even during a call.
                guard Task.isCancelled, drawn > 0 else { throw error }
                break
            }
            _ = try shared(client, book, context)
            let lines = bars.lines(book.entries(at: Date()), at: Date())
            let back = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
            context.output.write(back + lines.map { "\u{1B}[2K\($0)\n" }.joined())
            drawn = lines.count
            do { try await Task.sleep(for: .seconds(interval)) } catch { break }
        }
    }

    /// Adds what other commands on this machine know, and returns the clients of each bucket.
    private func shared(_ client: OktaClient, _ book: LimitBook, _ context: ProgramContext) throws -> [String: [String]]
    {
        let known = try LimitSharing.known(client.configuration.orgURL, context)
        for entry in known {
            if let limit = entry.limit { book.note(limit, bucket: entry.bucket) }
        }
        return Dictionary(known.map { ($0.bucket, $0.clients) }) { first, _ in first }
    }

    private func table(_ book: LimitBook, _ clients: [String: [String]], _ context: ProgramContext) throws {
        var writer = try ResultWriter(
            shown.options(columns: ["bucket", "limit", "remaining", "reset", "clients"]), model: nil,
            module: .management,
            isList: true, output: context.output)
        for entry in book.entries(at: Date()) {
            try writer.write(
                JSON(members: [
                    ("bucket", JSON(entry.bucket)), ("limit", JSON(entry.limit.limit)),
                    ("remaining", JSON(entry.limit.remaining)), ("reset", entry.limit.reset.json),
                    ("clients", JSON(clients[entry.bucket, default: []].map { JSON($0) })),
                ]))
        }
        try writer.finish()
    }
}

/// Inexpensive calls, one for each commonly used bucket.
struct LimitProbe: Sendable {
    let client: OktaClient

    private static let paths: [RequestPath] = [
        "/api/v1/users?limit=1", "/api/v1/users/me", "/api/v1/groups?limit=1", "/api/v1/apps?limit=1",
        "/api/v1/logs?limit=1", "/api/v1/org", "/api/v1/devices?limit=1",
    ]

    /// Sends the calls sequentially, to stay below the concurrency limit.
    ///
    /// - Throws: An error that affects all calls, such as no network or invalid credentials. A rejected call also shows
    ///   its limit.
    func run() async throws(CommandFailure) {
        for path in Self.paths {
            do {
                _ = try await client.with { $0.retry = .never }.request(.get, path)
            } catch {
                switch error {
                case .api(let failure) where failure.status.code != 401: continue
                case .rateLimited: continue
                default: throw CommandFailure(error)
                }
            }
        }
    }
}
#endif
