public import OktaGenerator
import YAML

/// Compares generated sources on disk with the catalog's output.
public struct GeneratedComparison: Sendable {
    /// Creates the comparison.
    public init() {}

    /// Returns the differences between folders and their expected files.
    ///
    /// - Throws: A ``FolderFailure`` when a folder cannot be read.
    public func compare(_ sets: [(folder: String, files: FileSet)]) throws -> [Change] {
        try sets.flatMap { folder, files in
            try GeneratedCheck().compare(files, withFolder: folder).map { finding in
                let path = "\(folder)/\(finding.path)"
                let place = SourceLocation(file: path, start: .start, end: .start)
                return Change(
                    Self.rule(of: finding.kind), ChangeSite(path, old: finding.kind == .missing ? nil : place),
                    detail: finding.difference)
            }
        }
    }

    /// Returns the modules below an output folder that none of the catalogs generates.
    ///
    /// - Throws: A ``FolderFailure`` when a folder cannot be read.
    public func orphans(below root: String, of modules: [String]) throws -> [Change] {
        try ModuleFolders().names(below: root).filter { !modules.contains($0) }.map { name in
            let path = "\(root)/\(name)"
            return Change(
                GeneratedRules.orphan, ChangeSite(path, old: SourceLocation(file: path, start: .start, end: .start)))
        }
    }

    /// Returns the difference of one document that is partly generated.
    public func compare(_ path: String, _ old: [UInt8], with new: [UInt8]) -> [Change] {
        guard let difference = GeneratedCheck().difference(of: old, from: new, path: path) else { return [] }
        let place = SourceLocation(file: path, start: .start, end: .start)
        return [Change(GeneratedRules.changed, ChangeSite(path, old: place), detail: difference)]
    }

    private static func rule(of kind: GeneratedCheck.Finding.Kind) -> DriftRule {
        switch kind {
        case .missing: GeneratedRules.missing
        case .changed: GeneratedRules.changed
        case .extra: GeneratedRules.extra
        case .handEdited: GeneratedRules.handEdited
        case .foreign: GeneratedRules.foreign
        case .link: GeneratedRules.link
        case .format: GeneratedRules.format
        }
    }
}
