/// The formats of reports.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// For people at a terminal.
    case text
    /// For programs.
    case json
    /// For pull requests and step summaries.
    case markdown
    /// Annotations of GitHub Actions.
    case github
    /// Static Analysis Results Interchange Format 2.1.0, for code scanning.
    case sarif
    /// JUnit XML, for CI systems that show tests.
    case junit

    /// Writes a report.
    public func text(of report: DriftReport) -> String {
        switch self {
        case .text: TextReport(report).text
        case .json: JSONReport(report).text
        case .markdown: MarkdownReport(report).text
        case .github: GitHubReport(report).text
        case .sarif: SARIFReport(report).text
        case .junit: JUnitReport(report).text
        }
    }
}
