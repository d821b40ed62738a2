public import YAML

/// The files of a catalog as trees. They are created once per run, so that libyaml parses each file once.
public struct CatalogTrees: Sendable {
    /// The roots by path relative to the catalog's folder.
    package private(set) var roots: [String: YAMLNode] = [:]
    /// The files without a root, and those with skipped content.
    package private(set) var incomplete: Set<String> = []

    /// The YAML errors that cause content to be skipped.
    private static let rulesOfLoss: Set<String> = ["yaml-alias", "yaml-complex-key", "yaml-merge-key"]

    /// Parses all files, and reports the errors of all.
    public init(of folder: CatalogFolder, reporting diagnostics: inout Diagnostics) {
        let loader = YAMLLoader()
        for (name, file) in folder.files.sorted(by: { $0.key < $1.key }) {
            var findings = Diagnostics()
            roots[name] = loader.load(file, reporting: &findings)
            diagnostics.append(findings.all)
            if roots[name] == nil || findings.all.contains(where: { Self.rulesOfLoss.contains($0.rule) }) {
                incomplete.insert(name)
            }
        }
    }

    /// Creates a value from existing trees.
    package init(_ roots: [String: YAMLNode]) {
        self.roots = roots
    }
}
