internal import OktaRuntime

/// Chooses the columns of a table or CSV by default.
struct ColumnChoice: Sendable {
    private let model: String?
    private let types: FieldTypes

    init(model: String?, module: CatalogModule) {
        self.model = model
        types = FieldTypes(module.schema)
    }

    /// Fields that distinguish items, in column order: identifiers, names, kinds, and dates. Each group has a maximum
    /// number of columns.
    private static let ranks: [(paths: [String], most: Int)] = [
        // The org's name, in results of several orgs, and the row, in lists of several rows.
        (["org", "for"], 2),
        (["published", "id", "key", "kid", "clientId", "userId"], 2),
        (
            [
                "eventType", "profile.login", "profile.firstName", "profile.lastName", "profile.name", "label", "name",
                "displayName", "profile.displayName",
                "title", "domain", "email", "actor.alternateId", "displayMessage", "description", "profile.description",
            ], 3
        ),
        (["type", "signOnMode", "factorType", "provider", "outcome.result", "severity", "status", "lifecycle"], 3),
        (
            [
                "created", "createdAt", "lastUpdated", "updatedAt", "lastLogin", "expiresAt", "expires",
            ], 2
        ),
    ]

    /// Returns the columns of a table.
    ///
    /// - Parameter batch: The first items, for models that declare no fields.
    func tableColumns(_ batch: [JSON]) -> [ValuePath] {
        var columns: [String] = []
        for rank in Self.ranks { columns += rank.paths.filter { isKnown($0, batch) }.prefix(rank.most) }
        if columns.count < 3 {
            let others = (declared + members(of: batch)).filter { !columns.contains($0) && isScalar($0, batch) }
            columns += others.prefix(6 - columns.count)
        }
        return unique(columns).map(ValuePath.init(names:))
    }

    /// Returns the columns of CSV: all fields of the model, and further members of the first items.
    func allColumns(_ batch: [JSON]) -> [ValuePath] {
        let found = declared + members(of: batch)
        let known = Set(found)
        // Distinguishing fields come first; the others are in the schema's order, which is alphabetical.
        let first = Self.ranks.flatMap(\.paths).filter { known.contains($0) }
        return unique(first + found).filter { $0 != "_links" && $0 != "_embedded" }.map(ValuePath.init(names:))
    }

    /// The fields that the model and its variants declare.
    private var declared: [String] {
        guard let model else { return [] }
        return types.fields(of: model).map(\.name)
    }

    private func isKnown(_ path: String, _ batch: [JSON]) -> Bool {
        let names = path.split(separator: ".").map(String.init)
        if let model, let type = types.type(of: names, in: model) {
            return !type.hasPrefix("[") && !type.hasPrefix("{") && types.fields(of: type).isEmpty
        }
        let path = ValuePath(names: path)
        return batch.contains { path.value(in: $0).map { $0.kind.isScalar && $0.kind != .null } ?? false }
    }

    private func isScalar(_ name: String, _ batch: [JSON]) -> Bool {
        let values = batch.compactMap { $0[name] }.filter { $0.kind != .null }
        return !values.isEmpty && values.allSatisfy(\.kind.isScalar)
    }

    private func members(of batch: [JSON]) -> [String] {
        unique(batch.flatMap { ($0.members ?? []).map(\.key) })
    }

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
