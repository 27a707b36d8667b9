{
  "ServerApp": {
    "root_dir": "."
  }
}
