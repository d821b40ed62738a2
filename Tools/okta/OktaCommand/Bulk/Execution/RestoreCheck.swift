#if CommandLine
internal import OktaRuntime
internal import Synchronization

/// Compares restored objects with their state before the run. The org's responses show which fields the API cannot
/// restore.
package final class RestoreCheck: Sendable {
    private let former: RunJournal
    private let found = Mutex(Found())

    private struct Found {
        var compared = 0
        var differing = 0
        /// The number of objects that differ in a field, by its path.
        var fields: [String: Int] = [:]
    }

    /// Creates the check; nil if the run undoes none, or if the undone run no longer exists.
    init?(_ header: RunHeader, _ context: ProgramContext) {
        guard let id = header.undoes, let former = try? RunFolder(context).look(id) else { return nil }
        self.former = former
    }

    /// Returns the place of a row that undoes another. It has the number of the undone row, whose object is compared.
    static func place(ofRow number: Int) -> String { "row \(number)" }

    /// Compares the org's response to a row's call.
    func compare(_ row: JournalRow, with shown: JSON) {
        guard let number = Int(row.place.dropFirst(Self.place(ofRow: 0).count - 1)),
            let before = (try? former.row(number))?.before, before.members != nil, before["id"] == shown["id"]
        else { return }
        let paths = Self.differences(before, shown)
        found.withLock { found in
            found.compared += 1
            if !paths.isEmpty { found.differing += 1 }
            for path in paths { found.fields[path, default: 0] += 1 }
        }
    }

    /// A summary in sentences; nil if no object could be compared.
    var report: String? {
        let found = found.withLock { $0 }
        guard found.compared > 0 else { return nil }
        let objects = "\(Figures.grouped(found.compared)) restored object\(found.compared == 1 ? "" : "s")"
        guard found.differing > 0 else { return "the org shows \(objects) as before the run, in every field" }
        let fields = found.fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = fields.prefix(Self.most).map { "\($0.key) (\(Figures.grouped($0.value)))" }.joined(separator: ", ")
        let rest = fields.count > Self.most ? ", and \(fields.count - Self.most) more fields" : ""
        let own =
            found.fields["lastUpdated"] == nil
            ? "" : "\nThe org writes lastUpdated at each change; no request can set it."
        return "the org shows \(objects) as before the run, except: \(shown)\(rest)\(own)"
    }

    private static let most = 8

    /// Returns the paths of fields with different values. Arrays are compared as a whole.
    static func differences(_ one: JSON, _ other: JSON, at path: String = "") -> [String] {
        guard let members = one.members, let others = other.members else { return one == other ? [] : [path] }
        let names = Set(members.map(\.key)).union(others.map(\.key))
        return names.sorted().flatMap { name in
            let inner = path.isEmpty ? name : "\(path).\(name)"
            guard let left = one[name], let right = other[name] else { return [inner] }
            return differences(left, right, at: inner)
        }
    }
}
#endif
