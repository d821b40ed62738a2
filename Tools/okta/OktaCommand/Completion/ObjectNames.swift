#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import OktaRuntime

/// Names of an org's objects for completion: asked for with a short time limit, and kept for some minutes.
///
/// A shell waits for the answer at each Tab, so that every problem is an empty answer, and one without the org is kept,
/// too. The file of names is readable by its owner only.
package struct ObjectNames: Sendable {
    private let context: ProgramContext
    private let org: String?
    private let now: @Sendable () -> Int

    /// How long names are kept, and how long an org that did not answer is left alone, in seconds.
    private static let life = (answer: 300, failure: 30)
    /// How long the org may take.
    private static let patience = Duration.milliseconds(1_500)
    /// How many answers are kept.
    private static let most = 50

    /// - Parameters:
    ///   - org: The org that the command names; nil for that of the settings.
    ///   - now: The time in seconds since 1970.
    package init(_ context: ProgramContext, org: String?, now: @escaping @Sendable () -> Int = { time(nil) }) {
        self.context = context
        self.org = org
        self.now = now
    }

    /// The names that begin with a text.
    package func names(_ beginning: String, in collection: NamedCollection) async -> [String] {
        guard collection.isOfOrg else { return [] }
        return await names(beginning, at: collection.path) { client in
            try await NameSuggestions(client).names(beginningWith: beginning, in: collection)
        }
    }

    /// The names of the attributes that the profiles of an org have, also those that the org has added.
    package func attributes(of profile: ProfileAttributes) async -> [String] {
        await names("", at: profile.path) { client in
            NameSuggestions.Answer(names: try await profile.names(client))
        }
    }

    /// The names at a path of the org: kept ones, or those that the org answers.
    private func names(
        _ beginning: String, at path: String, _ ask: (OktaClient) async throws -> NameSuggestions.Answer
    ) async -> [String] {
        guard let target = try? OrgSelection(name: org).target(context),
            let file = (try? context.cacheFolder()).map({ PrivateFile("\($0)/names.json") })
        else { return [] }
        var kept = kept(file)
        let place = "\(target.url) \(path) "
        if let known = known(kept, place, beginning) { return known }
        var entry: JSON = ["time": JSON(now())]
        var found: [String] = []
        if let client = client(of: target), let answer = try? await ask(client) {
            found = answer.names
            entry["names"] = JSON(found.map { JSON($0) })
            entry["complete"] = JSON(answer.isComplete)
        }
        kept.removeAll { $0.key == place + beginning }
        kept.append((place + beginning, entry))
        try? file.write(JSON(members: kept.suffix(Self.most).map { ($0.key, $0.entry) }).bytes)
        return found
    }

    private func client(of target: OrgTarget) -> OktaClient? {
        try? target.client { configuration in
            configuration.timeouts.total = Self.patience
            configuration.retry.maximumAttempts = 1
        }
    }

    // MARK: What is kept

    private func kept(_ file: PrivateFile) -> [(key: String, entry: JSON)] {
        guard let bytes = (try? file.read()) ?? nil, let json = try? JSON(parsing: bytes) else { return [] }
        return (json.members ?? []).filter { _, entry in
            let age = now() - (entry["time"]?.int ?? 0)
            return age >= 0 && age < (entry["names"] == nil ? Self.life.failure : Self.life.answer)
        }.map { ($0.key, $0.value) }
    }

    /// The kept names; also those of a shorter text, where they were all.
    private func known(_ kept: [(key: String, entry: JSON)], _ place: String, _ beginning: String) -> [String]? {
        for length in stride(from: beginning.count, through: 0, by: -1) {
            let key = place + beginning.prefix(length)
            guard let entry = kept.last(where: { $0.key == key })?.entry else { continue }
            // An org that did not answer is not asked about a longer text either.
            guard let names = entry["names"]?.elements?.compactMap(\.string) else { return [] }
            guard length == beginning.count || entry["complete"] == true else { continue }
            let lower = beginning.lowercased()
            return names.filter { $0.lowercased().hasPrefix(lower) }
        }
        return nil
    }
}
