import YAML

/// Words of a command line that a message shows.
public enum ShellWord {
    /// Returns the word, in quotes if a shell would not read it as one unchanged word.
    public static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isASCIIAlphanumeric || "/._-+=:,@%".utf8.contains($0) }
        guard !isPlain || word.isEmpty || word.hasPrefix("-") else { return word }
        let path = word.hasPrefix("-") ? "./" + word : word
        return "'" + path.replacing("'", with: #"'\''"#) + "'"
    }
}
