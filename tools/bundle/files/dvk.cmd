@echo off
setlocal
chcp 65001 >nul
rem A Python that has a ._pth file may heed no variable: -X tells it, the variable tells what it starts.
set "PYTHONUTF8=1"
"%~dp0python\python.exe" -X utf8 -m dvk_reports %*
