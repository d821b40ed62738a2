#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import OktaRuntime

/// Names of an org's objects for completion, requested with a short timeout and cached for some minutes.
///
/// A shell waits for the names at each Tab, so an error yields no names, and a failure to reach the org is also cached.
/// Only the owner can read the cache file.
package struct ObjectNames: Sendable {
    private let context: ProgramContext
    private let org: String?
    private let now: @Sendable () -> Int

    /// The cache lifetimes of names and of a failure, in seconds.
    private static let life = (names: 300, failure: 30)
    /// The time limit for the org's response.
    private static let patience = Duration.milliseconds(1_500)
    /// The maximum number of cached entries.
    private static let maximumCount = 50

    /// Creates the names.
    ///
    /// - Parameters:
    ///   - org: The org that the command specifies; nil for the configured one.
    ///   - now: The time in seconds since 1970.
    package init(_ context: ProgramContext, org: String?, now: @escaping @Sendable () -> Int = { time(nil) }) {
        self.context = context
        self.org = org
        self.now = now
    }

    /// Returns the names that start with a text.
    package func names(_ beginning: String, in collection: NamedCollection) async -> [String] {
        guard collection.isOfOrg else { return [] }
        return await names(beginning, at: collection.path) { client in
            try await NameSuggestions(client).names(beginningWith: beginning, in: collection)
        }
    }

    /// Returns the names of the attributes of an org's profiles, including custom ones.
    package func attributes(of profile: ProfileAttributes) async -> [String] {
        await names("", at: profile.path) { client in
            NameSuggestions.Result(names: try await profile.names(client))
        }
    }

    /// Returns the names at a path, cached or from the org.
    private func names(
        _ beginning: String, at path: String, _ ask: (OktaClient) async throws -> NameSuggestions.Result
    ) async -> [String] {
        guard let target = try? OrgSelection(name: org).target(context),
            let file = (try? context.cacheFolder()).map({ PrivateFile("\($0)/names.json") })
        else { return [] }
        var kept = kept(file)
        let place = "\(target.url) \(path) "
        if let known = known(kept, place, beginning) { return known }
        var entry: JSON = ["time": JSON(now())]
        var found: [String] = []
        if let client = client(of: target), let result = try? await ask(client) {
            found = result.names
            entry["names"] = JSON(found.map { JSON($0) })
            entry["complete"] = JSON(result.isComplete)
        }
        kept.removeAll { $0.key == place + beginning }
        kept.append((place + beginning, entry))
        try? file.write(JSON(members: kept.suffix(Self.maximumCount).map { ($0.key, $0.entry) }).bytes)
        return found
    }

    private func client(of target: OrgTarget) -> OktaClient? {
        try? target.client { configuration in
            configuration.timeouts.total = Self.patience
            configuration.retry.maximumAttempts = 1
        }
    }

    // MARK: Cache

    private func kept(_ file: PrivateFile) -> [(key: String, entry: JSON)] {
        guard let bytes = (try? file.read()) ?? nil, let json = try? JSON(parsing: bytes) else { return [] }
        return (json.members ?? []).filter { _, entry in
            let age = now() - (entry["time"]?.int ?? 0)
            return age >= 0 && age < (entry["names"] == nil ? Self.life.failure : Self.life.names)
        }.map { ($0.key, $0.value) }
    }

    /// Returns the cached names, including those of a shorter text if those were complete.
    private func known(_ kept: [(key: String, entry: JSON)], _ place: String, _ beginning: String) -> [String]? {
        for length in stride(from: beginning.count, through: 0, by: -1) {
            let key = place + beginning.prefix(length)
            guard let entry = kept.last(where: { $0.key == key })?.entry else { continue }
            // An org that did not respond is not queried for a longer text either.
            guard let names = entry["names"]?.elements?.compactMap(\.string) else { return [] }
            guard length == beginning.count || entry["complete"] == true else { continue }
            let lower = beginning.lowercased()
            return names.filter { $0.lowercased().hasPrefix(lower) }
        }
        return nil
    }
}
