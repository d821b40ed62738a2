extension Call {
    /// The host of the Admin Console; that of the org itself where hosts have no such names.
    var adminOrigin: String {
        guard let dot = origin.firstIndex(of: "."), !origin.contains("127."), !origin.contains("localhost") else {
            return origin
        }
        return origin[..<dot] + "-admin" + origin[dot...]
    }
}
