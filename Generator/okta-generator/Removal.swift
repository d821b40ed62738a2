import OktaGenerator

/// Advice on files in an output folder that the generator neither wrote nor removes.
struct Removal {
    private let paths: [String]

    init(of paths: [String]) {
        self.paths = paths
    }

    /// The advice with the command.
    var sentence: String {
        let (what, pronoun) = paths.count == 1 ? ("one file was", "it") : ("\(paths.count) files were", "them")
        return
            "\(what) not generated, and `check` fails while an output folder holds \(pronoun); move \(pronoun) away, "
            + "or remove \(pronoun): rm \(paths.map(ShellWord.quoted).joined(separator: " "))"
    }
}
