internal import HTTPTypes
package import OktaRuntime

/// Resolves names of objects to ids. Results are cached, so that a run over many rows looks up each name once.
package actor NameResolver {
    private let client: OktaClient
    private var known: [Key: State] = [:]
    private var collections: [PathNames.Parameter: NamedCollection?] = [:]

    /// The state of a name.
    private enum State {
        case id(String)
        /// The name is unknown or ambiguous.
        case failure(CommandFailure)
        /// Another task looks up the name; these tasks wait for it.
        case pending([CheckedContinuation<Void, Never>])
    }

    private struct Key: Hashable {
        let path: String
        let place: [String: String]
        let name: String
    }

    /// The maximum number of objects that are read for one name if the org cannot search.
    private static let maximumScanned = 10_000
    /// The maximum number of cached names, which bounds the memory of large runs.
    private static let maximumKnown = 100_000

    package init(_ client: OktaClient) { self.client = client }

    /// Returns the values of an action's parameters with ids instead of names.
    ///
    /// - Parameter leavesLogins: Whether a login is kept where the org accepts it as an id, as in `/api/v1/users/{id}`,
    ///   so that a run over many people reads none of them. A single call also accepts email addresses and names there.
    /// - Throws: A ``CommandFailure`` if a name is unknown or ambiguous.
    package func resolve(
        _ values: [String: String], of action: CommandAction, leavesLogins: Bool = false
    ) async throws(CommandFailure) -> [String: String] {
        var result = values
        for parameter in PathNames(action.descriptor).parameters {
            guard let value = result[parameter.name], !NamedCollection.isID(value, for: parameter) else { continue }
            if leavesLogins, NamedCollection.takesLogin(parameter), !value.contains(" ") { continue }
            let collection = collections[parameter] ?? NamedCollection(parameter, of: action)
            collections[parameter] = .some(collection)
            guard let collection else { continue }
            // A list within another object needs that object's id, which precedes it in the path.
            result[parameter.name] = try await id(of: value, in: collection, under: result)
        }
        return result
    }

    /// Returns the parameter values that are names, so that they can be looked up before the call is sent.
    package static func names(in values: [String: String], of action: CommandAction) -> [String] {
        PathNames(action.descriptor).parameters.compactMap { parameter in
            guard let value = values[parameter.name], !NamedCollection.isID(value, for: parameter),
                !NamedCollection.takesLogin(parameter), NamedCollection(parameter, of: action) != nil
            else { return nil }
            return value
        }
    }

    /// Returns the id of the object with a name.
    ///
    /// - Parameters:
    ///   - name: The name, or the id itself.
    ///   - collection: The objects.
    ///   - values: The values of the path parameters of their list.
    package func id(
        of name: String, in collection: NamedCollection, under values: [String: String] = [:]
    ) async throws(CommandFailure) -> String {
        if collection.words.contains(name) || ObjectID.hasForm(name, prefix: collection.idPrefix) { return name }
        let own = Set(collection.list.descriptor.parameters.filter { $0.location == .path }.map(\.name))
        let place = values.filter { own.contains($0.key) }
        let key = Key(path: collection.list.descriptor.path ?? "", place: place, name: name)
        while let state = known[key] {
            switch state {
            case .id(let id): return id
            case .failure(let failure): throw failure
            case .pending(let others):
                await withCheckedContinuation { known[key] = .pending(others + [$0]) }
            }
        }
        if known.count >= Self.maximumKnown {
            known = known.filter { if case .pending = $0.value { true } else { false } }
        }
        known[key] = .pending([])
        do throws(CommandFailure) {
            let id = try await lookUp(name, in: collection, place)
            settle(key, .id(id))
            return id
        } catch {
            // A failed call is not a result for the name.
            settle(key, error.exitCode == .usage ? .failure(error) : nil)
            throw error
        }
    }

    /// Stores a result and resumes the waiting tasks.
    private func settle(_ key: Key, _ state: State?) {
        guard case .pending(let waiting) = known[key] else { return }
        known[key] = state
        for continuation in waiting { continuation.resume() }
    }

    private func lookUp(
        _ name: String, in collection: NamedCollection, _ place: [String: String]
    ) async throws(CommandFailure) -> String {
        let query = NameQuery(collection)
        var candidates: [JSON] = []
        for step in query.steps(for: name) {
            for arguments in step { candidates += try await objects(in: collection, arguments, place, name) }
            if let match = try Self.match(name, among: candidates, query, collection) { return match }
        }
        var similar = candidates
        for arguments in query.similar(to: name) where similar.isEmpty {
            similar += try await objects(in: collection, arguments, place, name)
        }
        let label = "\(collection.list.category) \(collection.list.name)"
        let nearest = Self.nearest(name, among: similar.flatMap(query.names(of:)))
        let hint = nearest.isEmpty ? "" : "Did you mean \(nearest.joined(separator: " or "))? "
        throw .usage("there is no \(collection.noun) '\(name)'", advice: "\(hint)`okta \(label)` lists them.")
    }

    /// Returns the id of the only object with a name.
    private static func match(
        _ name: String, among objects: [JSON], _ query: NameQuery, _ collection: NamedCollection
    ) throws(CommandFailure) -> String? {
        var seen: Set<String> = []
        var named: [(id: String, names: [String], object: JSON)] = []
        for object in objects {
            guard let id = object["id"]?.string ?? object[collection.idField]?.string, seen.insert(id).inserted
            else { continue }
            if id == name { return id }
            named.append((id, query.names(of: object), object))
        }
        // An exact match takes precedence over a case-insensitive one, and a login over an email address.
        for isSame in [{ $0 == name }, { $0.lowercased() == name.lowercased() }] as [(String) -> Bool] {
            for rank in 0..<(named.map(\.names.count).max() ?? 0) {
                let hits = named.filter { rank < $0.names.count && isSame($0.names[rank]) }
                if hits.count == 1 { return hits[0].id }
                guard hits.isEmpty else {
                    let shown = hits.prefix(8).map { "\($0.id)\(distinction($0.object))" }
                    throw .usage(
                        "'\(name)' is the name of \(hits.count) \(PathNames.plural(collection.noun)): "
                            + shown.joined(separator: ", ") + (hits.count > 8 ? ", …" : ""),
                        advice: "Give the id of the one that is meant.")
                }
            }
        }
        return nil
    }

    /// Returns facts that distinguish objects with the same name.
    private static func distinction(_ object: JSON) -> String {
        let facts = ["type", "status"].compactMap { object[$0]?.string }
        return facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
    }

    private static func nearest(_ name: String, among names: [String]) -> [String] {
        guard case .unknown(let nearest) = NameMatch(name, among: Set(names).map { ([$0.lowercased()], ()) }) else {
            // Names that start with the text.
            return Set(names.filter { $0.lowercased().hasPrefix(name.lowercased()) }).sorted().prefix(3).map { $0 }
        }
        return nearest.map { near in names.first { $0.lowercased() == near } ?? near }
    }

    private func objects(
        in collection: NamedCollection, _ arguments: [String: String], _ place: [String: String], _ name: String
    ) async throws(CommandFailure) -> [JSON] {
        let action = collection.list.descriptor
        var objects: [JSON] = []
        do {
            let values = arguments.merging(place) { own, _ in own }
            guard action.isPaged else {
                return try await client.perform(action, arguments: values).json().listed
            }
            for try await page in try client.pages(for: action, arguments: values).pages {
                objects += page.items
                guard objects.count <= Self.maximumScanned else { break }
            }
        } catch {
            // An org without a feature rejects the type of its objects, and has none of them.
            let isOfType = action.parameters.contains { $0.isRequired && $0.location == .query }
            if isOfType, [400, 404, 501].contains(error.status?.code) { return [] }
            let failure = CommandFailure(error)
            // The caller may be permitted to call the action but not to read the list. Without a connection, neither
            // is possible.
            let hint = failure.exitCode == .network ? nil : "Its id works without a look-up."
            let advice = [failure.advice, hint].compactMap(\.self).joined(separator: "\n")
            throw CommandFailure(
                failure.exitCode, "the \(collection.noun) '\(name)' cannot be looked up: \(failure.message)",
                advice: advice.isEmpty ? nil : advice)
        }
        guard objects.count <= Self.maximumScanned else {
            throw .usage(
                "there are more than \(Self.maximumScanned) \(PathNames.plural(collection.noun)) to look '\(name)' up in",
                advice: "Give the id.")
        }
        return objects
    }
}
