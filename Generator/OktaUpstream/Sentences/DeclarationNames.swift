import OktaCatalog
import YAML

/// The names by which the entries of a form find the models and enumerations of a catalog.
///
/// The form of an earlier run has the names before the renames of that run, which are proposals even in a form that
/// nobody filled in. A person may complete such a form later.
struct DeclarationNames: Sendable {
    private let names: Set<String>
    /// The names by position in Okta's document.
    private let positions: [ExactText: String]

    /// - Parameter declarations: All names, with their positions in the document.
    init(of declarations: some Sequence<(name: String, upstream: String?)>) {
        let sorted = declarations.sorted { $0.name < $1.name }
        names = Set(sorted.map(\.name))
        positions = Dictionary(texts: sorted.compactMap { item in item.upstream.map { ($0, item.name) } })
    }

    /// Returns the present name of the model or enumeration that an entry is about; nil if there is none.
    func name(of entry: SentenceForm.Entry) -> String? {
        if names.contains(entry.name) { return entry.name }
        let proposed = ReservedNames.contains(entry.name, as: .type) ? ReservedNames.otherName(ofType: entry.name) : nil
        return [positions[text: entry.name], entry.texts["rename"]?.value, proposed].compactMap { $0 }
            .first { names.contains($0) }
    }
}
